"""Frames of Go programs as text: ``#`` lines of debug=1 profiles, package names.

Source: Go's runtime/pprof/pprof.go (`printStackRecord`) and cmd/internal/objabi/path.go (escaping).
"""

from __future__ import annotations

import re

from forensics.builder import CallTree, Frame

_ESCAPED = re.compile(r"%([0-9a-f]{2})")


def package_of(function: str) -> str:
    """The import path in a linker symbol: ``net/http`` of ``net/http.(*conn).serve``, '' if none.

    Type arguments do not count, and ``gopkg.in/yaml%2ev3.Unmarshal`` is of ``gopkg.in/yaml.v3``.
    """
    plain = function.split("[", 1)[0]
    directory, slash, last = plain.rpartition("/")
    name, dot, _ = last.partition(".")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), directory + slash + name) if dot else ""


def go_frame(function: str, location: str) -> Frame:
    """The frame of this function at ``file:line``."""
    file, colon, line = location.rpartition(":")
    if not colon or not line.isascii() or not line.isdigit() or len(line) > 9:
        file, line = location, "0"
    return Frame(function, file, int(line), package_of(function), "go")


class SymbolLines(dict[str, int]):
    """Frames of a tree by symbol line, -1 for a line that is none: a dump repeats few lines many times."""

    def __init__(self, tree: CallTree) -> None:
        self._tree = tree

    def __missing__(self, line: str) -> int:
        frame = symbol_line(line)
        found = self[line] = -1 if frame is None else self._tree.frame(frame)
        return found


def symbol_line(line: str) -> Frame | None:
    """The frame in ``#<tab>0xaddress<tab>function+0xoffset<tab>file:line``; None where it is no such line.

    A line of an address alone is a frame named after the address.
    """
    fields = [field for field in line.removeprefix("#").split("\t") if field]
    if not line.startswith("#\t") or not fields or not fields[0].startswith("0x"):
        return None
    if len(fields) < 3:
        return Frame(fields[0], language="go")
    function, _, _ = fields[1].rpartition("+0x")
    return go_frame(function or fields[1], fields[2].strip())
