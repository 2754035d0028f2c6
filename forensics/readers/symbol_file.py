"""Names for the bare addresses of a profile, out of a text file of symbols.

Format: ``nm -C program`` (``address type name``, with ``-S`` a size, with ``-l`` a file and line);
    or lines ``module+0xoffset name [file:line]``; or lines ``0xaddress name``, as pprof writes them.
Source: binutils' nm; gperftools' ``pprof --raw``.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from forensics.builder import Frame, frame_table
from forensics.errors import BadDump
from forensics.profile import FRAME_COLUMNS, Profile
from forensics.readers.memory_map import FIXED_START
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines

#: Symbols of code in nm's output: text, weak, indirect, unique.
_CODE = "tTwWiu"
_NM = re.compile(r"^([0-9a-fA-F]{1,16}) (?:([0-9a-fA-F]{1,16}) )?([A-Za-z]) ([^\t]+)(?:\t(.+):(\d{1,9}))?$")
_NAMED = re.compile(r"^(\S+\+0x[0-9a-f]{1,16}|0x[0-9a-f]{1,16})\s+(\S.*?)(?:\s+(\S+):(\d{1,9}))?$")
_PLACE = re.compile(r"^(.+)\+0x([0-9a-f]{1,16})$")


@dataclass
class _Symbols:
    """``exact``: place to (function, file, line); the rest by start address, in any order."""

    exact: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    ranges: dict[int, tuple[str, str, int, int]] = field(default_factory=dict)


def symbolise(profile: Profile, path: str | os.PathLike[str], *, module: str | None = None) -> Profile:
    """The profile with the functions that a symbol file knows named; everything else is as it was.

    ``module`` says of which file of the memory map the addresses of nm's output are, by default the
    one that the symbol file is named after: ``leak.nm`` of ``leak``. Addresses of a program that is
    not position independent count from 0x400000. Raises BadDump where the file holds no symbol.
    """
    symbols = _read(path)
    named = module or Path(path).name.rpartition(".")[0] or Path(path).name
    starts = np.array(sorted(symbols.ranges), dtype=np.uint64)
    frames = [Frame(*row) for row in profile.frames[list(FRAME_COLUMNS)].itertuples(index=False, name=None)]
    return replace(profile, frames=frame_table(_named(frame, symbols, starts, named) for frame in frames))


def _read(path: str | os.PathLike[str]) -> _Symbols:
    source = Source(path)
    symbols = _Symbols()
    for line in TextLines(source):
        if found := _NM.match(line):
            if found[3] in _CODE:
                size = int(found[2] or "0", 16)
                symbols.ranges[int(found[1], 16)] = (found[4], found[5] or "", int(found[6] or 0), size)
        elif found := _NAMED.match(line):
            symbols.exact[found[1]] = (found[2], found[3] or "", int(found[4] or 0))
    if not symbols.exact and not symbols.ranges:
        raise BadDump(
            source.path, "holds no symbol", "write it with nm -C or as lines of module+0xoffset name"
        )
    if symbols.ranges and min(symbols.ranges) >= FIXED_START:
        symbols.ranges = {start - FIXED_START: symbol for start, symbol in symbols.ranges.items()}
    return symbols


def _named(frame: Frame, symbols: _Symbols, starts: np.ndarray, module: str) -> Frame:
    if exact := symbols.exact.get(frame.function):
        function, file, line = exact
        return frame._replace(function=function, file=file or frame.file, line=line)
    place = _PLACE.match(frame.function)
    if place is None or place[1] != module or not len(starts):
        return frame
    offset = int(place[2], 16)
    row = int(np.searchsorted(starts, np.uint64(offset), side="right")) - 1
    if row < 0:
        return frame
    start = int(starts[row])
    function, file, line, size = symbols.ranges[start]
    if size and offset >= start + size:
        return frame
    return frame._replace(function=function, file=file or frame.file, line=line)
