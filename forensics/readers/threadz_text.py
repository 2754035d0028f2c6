"""Stacks of all threads of a C++ program in the threadz text format.

Format: ``--- threadz 1 ---``, per thread ``--- Thread ID (name: NAME/TID) stack: ---`` and its frames,
    ``0xaddress: symbol`` or bare addresses, innermost first; ``creator:`` starts the frames of the
    code that started the thread; ``[same as previous thread]``; a memory map.
Source: google/pprof's `parseThread`. Seen: its cppbench.thread, .thread.all and .thread.none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from forensics.builder import Frame, ProfileBuilder
from forensics.capture import Capture
from forensics.profile import Origin
from forensics.readers.memory_map import MemoryMap, call_address, is_sentinel, read_memory_map
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines, first_line

FORMAT = "threadz-text"
DESCRIPTION = "threadz text"

_START = re.compile(r"^--- threadz \d{1,9} ---$")
_THREAD = re.compile(r"^--- Thread ([0-9a-fA-F]{1,16}) \(name: (.{0,200})/(\d{1,19})\) stack: ---$")
_FRAME = re.compile(r"^0x([0-9a-fA-F]+): (.+)$")
_ADDRESS = re.compile(r"0x([0-9a-fA-F]+)")
_SAME = "same as previous thread"


@dataclass
class _Thread:
    """One thread; (address, symbol or '') innermost first, the creator's frames last."""

    name: str
    places: list[tuple[int, str]] = field(default_factory=list)


def matches(source: Source) -> bool:
    line = first_line(source)
    return _START.match(line) is not None or _THREAD.match(line) is not None


def load(source: Source) -> Capture:
    """The capture of this text: moment ``live``, its measure ``threads``; bytes and blocks are 0.

    The frames that started a thread are the outermost ones. Raises BadDump.
    """
    lines = TextLines(source)
    rows = iter(lines)
    threads: list[_Thread] = []
    memory_map: MemoryMap | None = None
    for line in (line.strip() for line in rows):
        if is_sentinel(line):
            memory_map = read_memory_map(rows)
        elif found := _THREAD.match(line):
            threads.append(_Thread(f"{found[2]}/{found[3]}"))
        elif _SAME in line and len(threads) > 1:
            threads[-1].places = threads[-2].places
        elif threads:
            threads[-1].places.extend(_places(lines, line))
    builder = ProfileBuilder({"threads": "threads", "bytes": "bytes", "blocks": "blocks"})
    for thread in threads:
        builder.add(_path(thread, memory_map or MemoryMap()), thread=thread.name, threads=1)
    return snapshot_capture(
        source,
        {"live": builder.build()},
        origin=Origin(format=FORMAT, producer="threadz", language="native"),
        health=lines.health("" if memory_map else "the memory map at its end is missing"),
    )


def _places(lines: TextLines, line: str) -> Iterator[tuple[int, str]]:
    """What ``PC: 0x1: symbol``, ``creator: 0x1 0x2`` or ``0x1 0x2`` names."""
    text = line.removeprefix("PC:").removeprefix("creator:").strip()
    symbol = _FRAME.match(text)
    names = [(symbol[1], symbol[2])] if symbol else [(found, "") for found in _ADDRESS.findall(text)]
    for address, name in names:
        if len(address) > 16:
            raise lines.bad(f"holds an address of more than 64 bits (0x{address[:20]})")
        yield int(address, 16), name


def _path(thread: _Thread, memory_map: MemoryMap) -> list[Frame]:
    """Outermost first; every address but the innermost one is a return address."""
    frames = []
    for position, (address, symbol) in enumerate(thread.places):
        place = memory_map.frame(call_address(address) if position else address)
        frames.append(place._replace(function=symbol) if symbol else place)
    return frames[::-1]
