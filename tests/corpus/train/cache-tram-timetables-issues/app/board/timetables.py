"""Timetables as they were parsed; a file is read again only when it has changed."""

from xml.etree import ElementTree

_parsed = {}


def of(path):
    version = path.stat().st_mtime_ns
    if (path, version) not in _parsed:
        _parsed[path, version] = ElementTree.parse(path).getroot()
    return _parsed[path, version]
