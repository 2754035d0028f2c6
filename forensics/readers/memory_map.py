"""Names for bare addresses: the memory map that native dumps carry, ``module+0xoffset``.

Source: ``/proc/PID/maps`` and the brief forms that google/pprof's legacy parser accepts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from pathlib import PurePosixPath

from forensics.builder import CallTree, Frame

SENTINELS = ("--- Memory map: ---", "MAPPED_LIBRARIES:")
#: Where Linux loads a program that is not position independent.
FIXED_START = 0x400000
#: More rows are not read: no process has as many executable mappings.
MOST_MAPPINGS = 100_000
#: ``name=value`` lines beyond these bounds are not kept.
MOST_VALUES = 100
LONGEST_VALUE = 4096

_RANGE = re.compile(
    r"^\s*(?:0x)?(?P<start>[0-9a-f]{1,16})[\s-]\s*(?:0x)?(?P<limit>[0-9a-f]{1,16})(?::|\s|$)"
    r"(?:\s*(?P<mode>[-rwxp]{3,5})(?=\s|$))?",
    re.IGNORECASE,
)
#: What follows the range in /proc/PID/maps: offset, device, inode, path.
_PROC = re.compile(
    r"^(?P<offset>[0-9a-f]{1,16})\s+[0-9a-f]+:[0-9a-f]+\s+\d+(?:\s+(?P<file>\S.*))?$", re.IGNORECASE
)
_AT_OFFSET = re.compile(r"^([0-9a-f]{1,16})\)", re.IGNORECASE)
_LOGGED = re.compile(r"^[^\[\]]+:[0-9]+]\s")


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """Addresses ``start`` ≤ a < ``limit`` hold ``file`` from ``offset`` bytes on."""

    start: int
    limit: int
    offset: int = 0
    file: str = ""


class MemoryMap:
    """The executable mappings of one process, in the order of the dump."""

    def __init__(self, mappings: Iterable[Mapping] = ()) -> None:
        self.mappings = _settled(list(mappings))

        self._holding = _Ranges([(m.start, m.limit) for m in self.mappings])
        self._before = _Ranges([(m.start - m.offset, m.start) for m in self.mappings])

    def find(self, address: int) -> Mapping | None:
        """The mapping that holds this address, the first in the dump where several do.

        Some producers leave out the first part of a split mapping: an address that lies as far
        before a mapping as its offset reaches counts as its own.
        """
        row = self._holding.first(address)
        if row < 0:
            row = self._before.first(address)
        return self.mappings[row] if row >= 0 else None

    def frame(self, address: int, language: str = "native") -> Frame:
        """``module+0xoffset`` where a mapping holds the address, else ``0xaddress``."""
        mapping = self.find(address)
        if mapping is None or not mapping.file:
            return Frame(f"0x{address:x}", language=language)
        module = PurePosixPath(mapping.file).name or mapping.file
        return Frame(
            f"{module}+0x{address - mapping.start + mapping.offset:x}", mapping.file, 0, module, language
        )


class _Ranges:
    """Answers which of many ranges, start ≤ a < limit, is the first to hold an address."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        edges = [(start, row) for row, (start, limit) in enumerate(ranges) if start < limit]
        edges += [(limit, -1) for start, limit in ranges if start < limit]
        self._starts: list[int] = []
        self._rows: list[int] = []
        open_rows: list[int] = []  # a heap: the first of the ranges that reach here is on top
        for at, row in sorted(edges):
            if row >= 0:
                heappush(open_rows, row)
            while open_rows and ranges[open_rows[0]][1] <= at:
                heappop(open_rows)
            self._starts.append(at)
            self._rows.append(open_rows[0] if open_rows else -1)

    def first(self, address: int) -> int:
        """The position of that range, -1 where none holds the address."""
        at = bisect_right(self._starts, address)
        return self._rows[at - 1] if at else -1


class AddressFrames(dict[str, int]):
    """Frames of a tree by return address as written (``0x4711``): a dump repeats few many times."""

    def __init__(self, tree: CallTree, memory_map: MemoryMap, language: str = "native") -> None:
        self._tree = tree
        self._map = memory_map
        self._language = language

    def __missing__(self, address: str) -> int:
        frame = self._map.frame(call_address(int(address, 16)), self._language)
        found = self[address] = self._tree.frame(frame)
        return found

    def path(self, addresses: str) -> int:
        """The callsite of these addresses, innermost first."""
        return self._tree.path([self[address] for address in reversed(addresses.split())])


def call_address(return_address: int) -> int:
    """An address inside the call instruction: one before the address that it returns to."""
    return max(return_address - 1, 0)


def is_sentinel(line: str) -> bool:
    """True for the line that starts a memory map."""
    return any(sentinel in line for sentinel in SENTINELS)


def read_memory_map(lines: Iterable[str]) -> MemoryMap:
    """The map in the lines after a sentinel; lines that are no mapping are passed over.

    ``name=value`` lines define what ``$name`` stands for further down. Mappings that hold no code
    are left out.
    """
    found: list[Mapping] = []
    values: dict[str, str] = {}
    for line in lines:
        text = _LOGGED.sub("", line)
        for name, value in values.items():
            text = text.replace(f"${name}", value)
        match = _RANGE.match(text)
        if match is None:
            name, equals, value = text.partition("=")
            if equals and len(values) < MOST_VALUES and len(value) < LONGEST_VALUE:
                values[name.strip()] = value.strip()
        elif "x" in (match["mode"] or "x") and len(found) < MOST_MAPPINGS:
            found.append(_mapping(match, text[match.end() :].strip()))
    return MemoryMap(found)


def _mapping(match: re.Match[str], rest: str) -> Mapping:
    """``rest`` is what follows the range: the columns of /proc/PID/maps, or ``file (@offset) build``."""
    proc = _PROC.match(rest)
    if proc:
        offset, file = proc["offset"], proc["file"] or ""
    else:
        file, _, after = rest.partition("(@")
        at = _AT_OFFSET.match(after)
        offset = at[1] if at else "0"
    return Mapping(
        start=int(match["start"], 16),
        limit=int(match["limit"], 16),
        offset=int(offset, 16),
        file=file.strip().removesuffix("(deleted)").strip(),
    )


def _settled(mappings: list[Mapping]) -> list[Mapping]:
    """As pprof does: the main program counts from its fixed start, a huge-page copy is dropped."""
    if (
        len(mappings) > 1
        and mappings[0].file.startswith("/anon_hugepage")
        and mappings[0].limit == mappings[1].start
    ):
        mappings = mappings[1:]
    if mappings and mappings[0].start - mappings[0].offset == FIXED_START:
        mappings[0] = replace(mappings[0], start=FIXED_START, offset=0)
    return mappings
