"""Footer and pages of a Parquet file, checked before a library is asked to decode them.

The footer's sizes are claims; what a decoder allocates is ruled by the header of each page. The
library's own view of the footer is not asked for them: it ends the process over some that are damaged.
Source of the layout: https://parquet.apache.org/docs/file-format/ and Thrift's compact protocol,
https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

MAGIC = b"PAR1"
#: PLAIN, PLAIN_DICTIONARY, RLE, RLE_DICTIONARY: the encodings that `convert` writes. None of them
#: makes strings longer than they lie in the page.
ENCODINGS = frozenset({0, 2, 3, 8})
LARGEST_HEADER = 1 << 16
DEEPEST_STRUCT = 8
#: Fields and elements of a footer; one of ours has some hundreds.
MOST_VALUES = 400_000
#: Kinds of Thrift's compact protocol.
_I32, _I64, _LIST, _STRUCT = 5, 6, 9, 12
#: Fields of a page header that say what it is: data, dictionary, data of the second version.
_PAGES = {5, 7, 8}
#: A struct: kind and value by the id of each field.
Fields = dict[int, tuple[int, Any]]


class Extent(NamedTuple):
    """Where the pages of one column chunk lie."""

    start: int
    end: int


class Pages(NamedTuple):
    """What the page headers of one column chunk add up to."""

    entries: int
    bytes: int


def column_extents(content: bytes) -> list[Extent]:
    """The column chunks of all row groups that have rows, by the rule of Arrow's reader.

    ``content`` is a whole file, with a footer that lies within it. Raises ValueError where that is damaged.
    """
    end = len(content) - 8
    footer = _Reader(content, end - int.from_bytes(content[-8:-4], "little"), end, MOST_VALUES).struct()
    chunks = (
        chunk
        for group in _structs(footer, 4)
        if (_of(group, 3, _I64) or 0) != 0
        for chunk in _structs(group, 1)
    )
    return [_extent(_of(chunk, 3, _STRUCT)) for chunk in chunks]


def _extent(metadata: Fields | None) -> Extent:
    """Of ColumnMetaData: 7 total_compressed_size, 9 data_page_offset, 11 dictionary_page_offset."""
    if metadata is None:
        raise ValueError("a column has no place in the file")
    start, size, dictionary = (_of(metadata, field, _I64) for field in (9, 7, 11))
    if start is None or size is None:
        raise ValueError("a column has no place in the file")
    if dictionary is not None and 0 < dictionary < start:
        start = dictionary
    return Extent(start, start + size)


def _structs(fields: Fields, field: int) -> Iterator[Fields]:
    """The structs in a list of them. Raises ValueError where it says that it is one of something else."""
    for kind, value in _of(fields, field, _LIST) or ():
        if kind != _STRUCT:  # Arrow would read structs all the same
            raise ValueError("a list in its footer is of another kind")
        yield value


def _of(fields: Fields, field: int, kind: int) -> Any:
    """The value of a field of this kind; None where it is absent or of another, as Thrift's readers do."""
    found = fields.get(field)
    return found[1] if found is not None and found[0] == kind else None


def walk_pages(content: bytes, start: int, end: int) -> Pages:
    """Sums over the pages in ``content[start:end]``. Raises ValueError on any that is not as we write it."""
    if not 0 <= start <= end <= len(content):
        raise ValueError("a column lies outside the file")
    entries = expanded = 0
    while start < end:
        reader = _Reader(content, start, min(end, start + LARGEST_HEADER), MOST_VALUES)
        header, after = reader.struct(), reader.at
        size, packed = _of(header, 2, _I32), _of(header, 3, _I32)
        if size is None or packed is None or size < 0 or not 0 <= packed <= end - after:
            raise ValueError("a page has an impossible size")
        if len(header.keys() & _PAGES) != 1:
            raise ValueError("a page is not of one kind")
        page = _of(header, 5, _STRUCT) or _of(header, 7, _STRUCT) or _of(header, 8, _STRUCT)
        values = _of(page, 1, _I32) if page else None
        if values is None or values < 0:
            raise ValueError("a page has no count of values")
        if _of(page, 4 if 8 in header else 2, _I32) not in ENCODINGS:
            raise ValueError("a page has an encoding that is not used here")
        entries, expanded, start = entries + values, expanded + size, after + packed
    return Pages(entries, expanded)


class _Reader:
    """Thrift's compact protocol from ``at`` on; every field of a header, to any depth that we write."""

    def __init__(self, content: bytes, at: int, end: int, most_values: int) -> None:
        self.content, self.at, self.end = content, at, end
        self.left = most_values

    def struct(self, depth: int = 0) -> Fields:
        if depth > DEEPEST_STRUCT:
            raise ValueError("a header is nested too deep")
        fields: Fields = {}
        field = 0
        while (byte := self._byte()) & 15:
            kind, step = byte & 15, byte >> 4
            field = field + step if step else self._zigzag()
            fields[field] = kind, (kind == 1 if kind in (1, 2) else self._value(kind, depth))
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        self.left -= 1
        if self.left < 0:
            raise ValueError("a header has too many fields")
        if kind in (1, 2, 3):
            return self._byte()
        if kind in (4, _I32, _I64):
            return self._zigzag()
        if kind == 7:
            return self._skip(8)
        if kind == 8:
            return self._skip(self._varint())
        if kind in (_LIST, 10):
            return self._list(depth)
        if kind == _STRUCT:
            return self.struct(depth + 1)
        raise ValueError("a header holds what no header has")

    def _list(self, depth: int) -> list[tuple[int, Any]]:
        if depth > DEEPEST_STRUCT:
            raise ValueError("a header is nested too deep")
        byte = self._byte()
        count = byte >> 4 if byte >> 4 < 15 else self._varint()
        return [(byte & 15, self._value(byte & 15, depth + 1)) for _ in range(min(count, self.left + 1))]

    def _byte(self) -> int:
        if self.at >= self.end:
            raise ValueError("a header ends early")
        self.at += 1
        return self.content[self.at - 1]

    def _skip(self, size: int) -> None:
        if size > self.end - self.at:
            raise ValueError("a header ends early")
        self.at += size

    def _varint(self) -> int:
        value = shift = 0
        while shift < 64:
            byte = self._byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
        raise ValueError("a header holds a number that is too long")

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
