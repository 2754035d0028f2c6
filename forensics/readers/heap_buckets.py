"""The header and bucket lines that Go, gperftools and tcmalloc heap text share.

``heap profile: blocks: bytes [blocks: bytes] @ kind/rate`` and, per bucket,
``blocks: bytes [blocks: bytes] @ address …`` with return addresses, innermost first.
Source: google/pprof profile/legacy_profile.go, Go's runtime/pprof/pprof.go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from forensics.capture import Health
from forensics.errors import BadDump
from forensics.readers.source import Source
from forensics.readers.text_lines import COUNT_LIMIT, TextLines, first_line

_HEADER = re.compile(r"^heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] *@ *([a-z0-9_]+)(?:/(\d+))?\s*$")
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


class Bucket(NamedTuple):
    """One stack and block size, as sampled."""

    live_blocks: int
    live_bytes: int
    allocated_blocks: int
    allocated_bytes: int
    #: Return addresses as written, innermost first, with a space before each.
    addresses: str


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


def read_bucket(lines: TextLines, line: str) -> Bucket | None:
    """The bucket in this line, None where it is none. Raises BadDump on impossible numbers."""
    match = _BUCKET.match(line)
    if match is None:
        return None
    texts = match.groups()
    live_blocks, live_bytes, allocated_blocks, allocated_bytes = map(lines.count, texts[:4])
    if (not live_blocks and live_bytes) or (not allocated_blocks and allocated_bytes):
        raise lines.bad("counts bytes in no block")
    return Bucket(live_blocks, live_bytes, allocated_blocks, allocated_bytes, texts[4])


def sums_of(source: Source, buckets: Iterable[Bucket]) -> tuple[int, int, int, int]:
    """Live blocks and bytes, allocated blocks and bytes of all buckets, exact. Raises BadDump at 2**63."""
    columns = list(zip(*(bucket[:4] for bucket in buckets), strict=True)) or [()] * 4
    sums = tuple(sum(column) for column in columns)
    if max(sums) >= COUNT_LIMIT:
        raise BadDump(source.path, "its buckets add up to more than 2**63", "fetch the file again")
    return sums


def bucket_health(lines: TextLines, header: HeapHeader, sums: tuple[int, int, int, int]) -> Health:
    """Whole where the buckets add up to the header's totals, which their producers take from them."""
    pairs = {"live": (sums[1], header.live_bytes), "allocated": (sums[3], header.allocated_bytes)}
    for what, (held, counted) in pairs.items():
        if held < counted:
            return lines.health(f"its buckets hold {held} of the {counted} {what} bytes of its header")
        if held > counted:
            detail = f"its buckets hold {held} {what} bytes, its header counts only {counted}"
            return Health(state="damaged", detail=detail)
    return lines.health()
