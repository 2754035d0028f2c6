"""Captures written by hand, record by record: enough of the format to exercise every kernel."""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAIN = 1


def varint(value: int) -> bytes:
    """Seven bits a byte, least significant first."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def zigzag(value: int) -> bytes:
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


def header(*, version: int = 13, native: bool = False, aggregated: bool = False, records: int = 0) -> bytes:
    """A header of this version for CPython 3.12 and process 1."""
    python = struct.pack("<I", 0x030C0000) if version >= 12 else b""
    flags = struct.pack("<BB", native, aggregated)
    counts = struct.pack("<QQqq", records, 0, 1_700_000_000_000, 1_700_000_001_000)
    process = b"app.py\0" + struct.pack("<iQQBB", 1, MAIN, 0, 1, 0)
    return (
        b"memray\0" + struct.pack("<i", version) + python + flags + counts + process
        + (b"\0" if version >= 12 else b"") + (b"\0\0\0" if version >= 13 else b"")
    )  # fmt: skip


def code(identity: int, function: str, file: str, line_delta: int = 1, table: bytes = b"") -> bytes:
    """A code object of header versions 12 and 13."""
    names = function.encode() + b"\0" + file.encode() + b"\0"
    return b"\x0e" + varint(identity) + names + zigzag(line_delta) + varint(len(table)) + table


def switch(thread: int) -> bytes:
    return b"\x0c" + struct.pack("<Q", thread)


def push(identity: int, offset: int = 0) -> bytes:
    return b"\x41" + varint(identity) + zigzag(offset)


def pop(count: int = 1) -> bytes:
    return bytes([16 + count - 1])


class Addresses:
    """Writes allocation records, keeping the delta of addresses. No address is taken from the cache."""

    def __init__(self, *, native: bool = False) -> None:
        self._last = 0
        self._native = native

    def record(self, allocator: int, address: int, size: int | None = None) -> bytes:
        """One allocation (with a size) or free; addresses are multiples of 8."""
        token = bytes([128 | 15 << 3 | (allocator if allocator < 8 else 0)])
        delta, self._last = (address >> 3) - self._last, address >> 3
        extra = bytes([allocator]) if allocator >= 8 else b""
        native = zigzag(0) if self._native and size is not None else b""
        return token + zigzag(delta) + extra + native + (b"" if size is None else varint(size))


def memory(resident: int, milliseconds: int) -> bytes:
    return b"\x02" + varint(resident) + varint(milliseconds)


TRAILER = b"\x01"


def tiny_captures() -> Iterator[bytes]:
    """One capture of each layout: format 0 without and with native frames, format 1."""
    for native in (False, True):
        at = Addresses(native=native)
        yield (
            header(native=native)
            + switch(MAIN)
            + code(1, "main", "/app/main.py", table=b"\x80\x00")
            + push(1)
            + (
                b"\x06" + b"\x07/lib/libc.so\0\x01" + bytes(8) + b"\x08" + bytes(8) + varint(4096)
                if native
                else b""
            )
            + (b"\x05" + zigzag(64) + zigzag(0) if native else b"")
            + at.record(6, 4096, 100)
            + memory(1 << 20, 10)
            + at.record(14, 1 << 20, 1 << 20)
            + at.record(15, (1 << 20) + 4096, 4096)
            + at.record(5, 4096)
            + pop()
            + TRAILER
        )
    row = struct.pack("<QQQQQQQQQ", MAIN, 6, 0, 1, 0, 1, 1, 100, 100)
    yield (
        header(aggregated=True)
        + b"\x01" + struct.pack("<QQQ", 1_700_000_000_000, 1 << 20, 100)
        + code(1, "main", "/app/main.py", table=b"\x80\x00")
        + b"\x04" + varint(0) + varint(1) + zigzag(0) + b"\x01"
        + b"\x03" + varint(0) + varint(0)
        + b"\x02" + row
        + b"\x0f"
    )  # fmt: skip
