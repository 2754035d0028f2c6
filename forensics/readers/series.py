"""Several dumps of one process in time order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from glob import glob, has_magic
from pathlib import Path

from forensics.capture import Capture
from forensics.errors import UnknownFormat, UnreadableFile
from forensics.readers import load
from forensics.sidecar import SUFFIX

#: Process and nanoseconds since the epoch in the name of a snapshot of ours: ``…-<pid>-<ns>.tracemalloc``.
_NAMED = re.compile(r"-(\d{1,10})-(\d{18,19})\.tracemalloc(\.gz|\.zst)?$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_Path = str | os.PathLike[str]


def load_series(
    paths: _Path | Iterable[_Path], *, max_expansion_bytes: int | None = None
) -> tuple[Capture, ...]:
    """The captures of these dumps in the order of their times.

    ``paths``: a folder (files that are no dumps are left out), a glob, or the files themselves. The
    time of a dump is what it says itself, else what its name says (``…-<pid>-<ns>.tracemalloc``),
    else the file's time of change; it becomes the origin's ``ended``, and the name's process its
    ``pid``. Raises UnreadableFile where there is no dump at all, and what `load` raises.
    """
    captures = []
    for path, given in _files(paths):
        try:
            captures.append(_timed(load(path, max_expansion_bytes=max_expansion_bytes), path))
        except UnknownFormat:
            if given:
                raise
    if not captures:
        raise UnreadableFile(paths, "holds no dump", "name a folder or files of dumps")
    return tuple(sorted(captures, key=lambda capture: (capture.origin.ended, capture.origin.path)))


def _files(paths: _Path | Iterable[_Path]) -> list[tuple[Path, bool]]:
    """Files to load, and whether they were named one by one."""
    if not isinstance(paths, str | os.PathLike):
        return [(Path(path), True) for path in paths]
    path = Path(paths)
    if path.is_dir():
        inside = sorted(
            entry for entry in path.iterdir() if entry.is_file() and not entry.name.startswith(".")
        )
        return [(entry, False) for entry in inside if not entry.name.endswith(SUFFIX)]
    if has_magic(str(paths)) and not path.exists():
        found = sorted(glob(str(paths)))  # noqa: PTH207 - Path.glob takes no absolute pattern
        return [(Path(name), True) for name in found if not name.endswith(SUFFIX)]
    return [(path, True)]


def _timed(capture: Capture, path: Path) -> Capture:
    """The capture with a time, and its profiles too."""
    named = _NAMED.search(path.name)
    time = capture.origin.ended or capture.origin.started
    if time is None and named:
        time = _EPOCH + timedelta(microseconds=int(named[2]) // 1000)
    if time is None:
        time = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    pid = capture.origin.pid if capture.origin.pid is not None or not named else int(named[1])
    known = {"ended": time, "pid": pid}
    profiles = {
        moment: lambda make=make: make().with_origin(**known) for moment, make in capture.profiles.items()
    }
    return replace(capture, origin=replace(capture.origin, ended=time, pid=pid), profiles=profiles, _made={})
