"""The pages of a Parquet file, checked before a library is asked to decode them.

The footer's sizes are claims; what a decoder allocates is ruled by the header of each page. Source
of the layout: https://parquet.apache.org/docs/file-format/ and Thrift's compact protocol,
https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from typing import Any, NamedTuple

MAGIC = b"PAR1"
#: PLAIN, PLAIN_DICTIONARY, RLE, RLE_DICTIONARY: the encodings that `convert` writes. None of them
#: makes strings longer than they lie in the page.
ENCODINGS = frozenset({0, 2, 3, 8})
LARGEST_HEADER = 1 << 16
DEEPEST_STRUCT = 8


class Pages(NamedTuple):
    """What the page headers of one column chunk add up to."""

    entries: int
    bytes: int


def walk_pages(content: bytes, start: int, end: int) -> Pages:
    """Sums over the pages in ``content[start:end]``. Raises ValueError on any that is not as we write it."""
    if not 0 <= start <= end <= len(content):
        raise ValueError("a column lies outside the file")
    entries = expanded = 0
    while start < end:
        header, after = _struct(content, start, min(end, start + LARGEST_HEADER), 0)
        size, packed = header.get(2), header.get(3)
        if (
            not isinstance(size, int)
            or not isinstance(packed, int)
            or size < 0
            or not 0 <= packed <= end - after
        ):
            raise ValueError("a page has an impossible size")
        page = header.get(5) or header.get(7) or header.get(8)
        if not isinstance(page, dict) or not isinstance(page.get(1), int) or page[1] < 0:
            raise ValueError("a page has no count of values")
        encoding = page.get(4 if 8 in header else 2)
        if encoding not in ENCODINGS:
            raise ValueError("a page has an encoding that is not used here")
        entries, expanded, start = entries + page[1], expanded + size, after + packed
    return Pages(entries, expanded)


def _struct(content: bytes, at: int, end: int, depth: int) -> tuple[dict[int, Any], int]:
    """Integer and struct fields by id of a compact struct, and where it ends."""
    if depth > DEEPEST_STRUCT:
        raise ValueError("a page header is nested too deep")
    fields: dict[int, Any] = {}
    field = 0
    while True:
        if at >= end:
            raise ValueError("a page header ends early")
        kind, step = content[at] & 15, content[at] >> 4
        at += 1
        if kind == 0:
            return fields, at
        if step:
            field += step
        else:
            field, at = _zigzag(content, at, end)
        fields[field], at = _value(content, at, end, kind, depth)


def _value(content: bytes, at: int, end: int, kind: int, depth: int) -> tuple[Any, int]:
    if kind in (1, 2):
        return kind == 1, at
    if kind in (4, 5, 6):
        return _zigzag(content, at, end)
    if kind == 8:
        size, at = _varint(content, at, end)
        if size > end - at:
            raise ValueError("a page header ends early")
        return None, at + size
    if kind == 12:
        return _struct(content, at, end, depth + 1)
    raise ValueError("a page header holds what no page header has")


def _varint(content: bytes, at: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while at < end and shift < 64:
        value |= (content[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if content[at - 1] < 128:
            return value, at
    raise ValueError("a page header ends early")


def _zigzag(content: bytes, at: int, end: int) -> tuple[int, int]:
    value, at = _varint(content, at, end)
    return (value >> 1) ^ -(value & 1), at
