"""The rare records: code objects and the memory map. Read one by one, in Python."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from forensics.readers.memray_capture.header import Header

#: Longer names are cut: nothing that a person reads is longer.
LONGEST_NAME = 4096


def text_at(buffer: bytes, start: int) -> str:
    """The NUL-terminated text at this position, at most `LONGEST_NAME` bytes of it."""
    return buffer[start : buffer.index(b"\0", start)][:LONGEST_NAME].decode("utf-8", "replace")


def varint_at(buffer: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = buffer[position]
        position += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value & (1 << 64) - 1, position
        shift += 7


def zigzag_at(buffer: bytes, position: int) -> tuple[int, int]:
    value, position = varint_at(buffer, position)
    return (value >> 1) ^ -(value & 1), position


class CodeObjects:
    """Functions by code object id, or, in header version 11, finished frames by frame id."""

    def __init__(self, header: Header) -> None:
        self._resolved = header.version == 11
        self._last_line = 0
        #: Bytes of names and line tables held.
        self.name_bytes = 0
        self.names: dict[int, tuple[str, str]] = {}
        #: First line and line table; for version 11 the line itself and b"".
        self.lines: dict[int, tuple[int, bytes]] = {}

    def read(self, buffer: bytes, position: int, frame: int) -> None:
        """One record whose bytes are known to be there."""
        identity, position = varint_at(buffer, position)
        if self._resolved:
            identity = frame
        function = text_at(buffer, position)
        position = buffer.index(b"\0", position) + 1
        file = text_at(buffer, position)
        position = buffer.index(b"\0", position) + 1
        delta, position = zigzag_at(buffer, position)
        self._last_line = _int32(self._last_line + delta)
        table = b""
        if not self._resolved:
            length, position = varint_at(buffer, position)
            table = buffer[position : position + length]
        self.name_bytes += len(function) + len(file) + len(table) + 200
        self.names[identity] = (function, file)
        self.lines[identity] = (self._last_line, table)

    def read_resolved(self, buffer: bytes, position: int) -> None:
        """A finished frame of an aggregated capture of header version 11."""
        (identity,) = struct.unpack_from("<Q", buffer, position)
        function = text_at(buffer, position + 8)
        position = buffer.index(b"\0", position + 8) + 1
        file = text_at(buffer, position)
        position = buffer.index(b"\0", position) + 1
        (line,) = struct.unpack_from("<i", buffer, position)
        self.name_bytes += len(function) + len(file) + 200
        self.names[identity] = (function, file)
        self.lines[identity] = (line, b"")


def _int32(value: int) -> int:
    return (value + (1 << 31)) % (1 << 32) - (1 << 31)


@dataclass(frozen=True)
class Image:
    """One loaded file: where it is mapped."""

    file: str
    base: int
    #: (start, end) of each mapped segment, absolute.
    ranges: tuple[tuple[int, int], ...]


class Segments:
    """The memory map of each generation: a new one starts whenever libraries were loaded."""

    def __init__(self) -> None:
        self.generations: list[list[Image]] = [[]]
        self.name_bytes = 0

    def clear(self) -> None:
        self.name_bytes += 100
        self.generations.append([])

    def read(self, buffer: bytes, position: int) -> None:
        file = text_at(buffer, position)
        position = buffer.index(b"\0", position) + 1
        count, position = varint_at(buffer, position)
        (base,) = struct.unpack_from("<Q", buffer, position)
        position += 8
        ranges = []
        for _ in range(count):
            (start,) = struct.unpack_from("<Q", buffer, position + 1)
            size, position = varint_at(buffer, position + 9)
            ranges.append((base + start, base + start + size))
        self.name_bytes += len(file) + 200 * (len(ranges) + 1)
        self.generations[-1].append(Image(file, base, tuple(ranges)))
