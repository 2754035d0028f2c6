"""The header and bucket lines that Go, gperftools and tcmalloc heap text share.

``heap profile: blocks: bytes [blocks: bytes] @ kind/rate`` and, per bucket,
``blocks: bytes [blocks: bytes] @ address …`` with return addresses, innermost first.
Source: google/pprof profile/legacy_profile.go, Go's runtime/pprof/pprof.go.
"""

from __future__ import annotations

import re
from array import array
from typing import NamedTuple

import numpy as np

from forensics.capture import Health
from forensics.errors import BadDump
from forensics.readers.source import Source
from forensics.readers.text_lines import COUNT_LIMIT, TextLines, first_line

_HEADER = re.compile(r"^heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] *@ *([a-z0-9_]+)(?:/(\d+))?\s*$")
#: Almost every bucket: counts that fit any column.
_USUAL = re.compile(
    r"^ *(\d{1,18}): *(\d{1,18}) *\[ *(\d{1,18}): *(\d{1,18}) *\] @((?: 0x[0-9a-fA-F]{1,16})*)\s*$"
)
_BUCKET = re.compile(r"^\s*(-?\d+): *(-?\d+) *\[ *(-?\d+): *(-?\d+) *\] @((?: 0x[0-9a-fA-F]{1,16})*)\s*$")


class HeapHeader(NamedTuple):
    """Totals as sampled, and how the buckets are to be read."""

    live_blocks: int
    live_bytes: int
    allocated_blocks: int
    allocated_bytes: int
    #: ``heap``, ``heapprofile``, ``heap_v2``, ``heapz_v2``, ``growthz``, …
    kind: str
    #: As written; Go writes twice the sampling rate. 0 where there is none.
    rate: int


class Buckets:
    """Buckets of a stack and a block size, as sampled; in columns, since there may be millions."""

    def __init__(self) -> None:
        #: Four of each: live blocks and bytes, allocated blocks and bytes.
        self._counts = array("q")
        #: Return addresses as written, innermost first, with a space before each.
        self.addresses: list[str] = []

    def __len__(self) -> int:
        return len(self.addresses)

    def read(self, lines: TextLines, line: str) -> bool:
        """Add the bucket in this line; False where it is none. Raises BadDump on impossible numbers."""
        usual = _USUAL.match(line)
        match = usual or _BUCKET.match(line)
        if match is None:
            return False
        *texts, addresses = match.groups()
        counts = tuple(map(int if usual else lines.count, texts))
        if (not counts[0] and counts[1]) or (not counts[2] and counts[3]):
            raise lines.bad("counts bytes in no block")
        self._counts.extend(counts)
        self.addresses.append(addresses)
        return True

    def pop(self) -> None:
        """Take out the last one."""
        del self._counts[-4:]
        self.addresses.pop()

    def columns(self) -> np.ndarray:
        """The four counts of each, int64, a row a bucket."""
        return np.array(self._counts, np.int64).reshape(-1, 4)

    def sums(self, source: Source) -> tuple[int, ...]:
        """The four sums, exact. Raises BadDump at 2**63."""
        sums = tuple(sum(self._counts[column::4]) for column in range(4))
        if max(sums) >= COUNT_LIMIT:
            raise BadDump(source.path, "its buckets add up to more than 2**63", "fetch the file again")
        return sums


def header_kind(source: Source) -> str:
    """The kind that the first line names, '' where it is no heap header."""
    match = _HEADER.match(first_line(source))
    return match[5] if match else ""


def read_header(lines: TextLines, line: str) -> HeapHeader:
    """The header in this line. Raises BadDump where a number is out of range."""
    match = _HEADER.match(line)
    if match is None:
        raise lines.bad("is no header of a heap profile")
    live_blocks, live_bytes, allocated_blocks, allocated_bytes = (lines.count(match[i]) for i in range(1, 5))
    return HeapHeader(
        live_blocks, live_bytes, allocated_blocks, allocated_bytes, match[5], lines.count(match[6] or "0")
    )


def bucket_health(lines: TextLines, header: HeapHeader, sums: tuple[int, ...]) -> Health:
    """Whole where the buckets add up to the header's totals, which their producers take from them."""
    pairs = {"live": (sums[1], header.live_bytes), "allocated": (sums[3], header.allocated_bytes)}
    for what, (held, counted) in pairs.items():
        if held < counted:
            return lines.health(f"its buckets hold {held} of the {counted} {what} bytes of its header")
        if held > counted:
            detail = f"its buckets hold {held} {what} bytes, its header counts only {counted}"
            return Health(state="damaged", detail=detail)
    return lines.health()
