"""The bytes of a capture, decompressed piece by piece, and how they ended.

A capture that its recorder closed is one LZ4 frame; one of a process that was killed is raw, with
zero padding at the end of the file. LZ4 blocks are fed to the decompressor whole, so that after a
cut or a damage everything before it is still there.
Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

import lz4.frame

from forensics.errors import TooLarge
from forensics.readers.memray_capture.header import MAGIC
from forensics.readers.source import Source

LZ4_MAGIC = b"\x04\x22\x4d\x18"
PIECE_BYTES = 4 << 20
#: A frame may expand this much before its ratio is looked at, and this many times beyond.
FREE_EXPANSION = 256 << 20
EXPANSION_RATIO = 64
_BLOCK_SIZES = {4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22}
_UNCOMPRESSED = 1 << 31


@dataclass(kw_only=True)
class Ending:
    """How the bytes ended: ``closed`` (the frame's end mark), ``open`` (raw: only a trailer record
    can tell), ``cut`` or ``damaged``. ``offset`` is in the file as it lies on disk."""

    state: Literal["closed", "open", "cut", "damaged"] = "open"
    offset: int = 0


def is_capture(head: bytes) -> bool:
    """True for the first bytes of a raw or LZ4 capture."""
    if head.startswith(MAGIC):
        return True
    if not head.startswith(LZ4_MAGIC) or len(head) < 24:
        return False
    start = _frame_header_size(head[4])
    (size,) = struct.unpack_from("<I", head, start)
    # Nothing can repeat in the magic, so it opens the first block as one run of literals.
    first = start + 4 if size & _UNCOMPRESSED else start + 5
    if not size & _UNCOMPRESSED and head[start + 4] >> 4 == 15:
        while first < len(head) and head[first] == 255:
            first += 1
        first += 1
    return head[first : first + len(MAGIC)] == MAGIC


def pieces(source: Source, ending: Ending) -> Iterator[bytes]:
    """The content in pieces of about 4 MiB; ``ending`` is filled in when they are through.

    Raises TooLarge where a frame expands beyond what its size can explain.
    """
    with source.open() as file:
        if source.raw_head.startswith(LZ4_MAGIC):
            yield from _lz4_pieces(source, file, ending)
        else:
            yield from _raw_pieces(file, ending)


def _raw_pieces(file: BinaryIO, ending: Ending) -> Iterator[bytes]:
    left = end_of_content(file)
    ending.offset = left
    file.seek(0)
    while left > 0 and (piece := file.read(min(PIECE_BYTES, left))):
        left -= len(piece)
        yield piece


def end_of_content(file: BinaryIO) -> int:
    """The size of a file without the zero bytes at its end; holes in it are not read."""
    for start, end in reversed(_extents(file)):
        while end > start:
            begin = max(start, end - PIECE_BYTES)
            file.seek(begin)
            block = file.read(end - begin).rstrip(b"\0")
            if block:
                return begin + len(block)
            end = begin
    return 0


def _extents(file: BinaryIO) -> list[tuple[int, int]]:
    """Ranges of the file that hold data, as far as the file system tells."""
    size = file.seek(0, os.SEEK_END)
    if not hasattr(os, "SEEK_DATA"):
        return [(0, size)]
    found: list[tuple[int, int]] = []
    position = 0
    while position < size:
        try:
            start = os.lseek(file.fileno(), position, os.SEEK_DATA)
            position = os.lseek(file.fileno(), start, os.SEEK_HOLE)
        except OSError as error:
            if error.errno == errno.ENXIO:  # only a hole follows
                break
            return [(0, size)]
        found.append((start, position))
    return found


def _frame_header_size(flags: int) -> int:
    return 7 + (8 if flags & 8 else 0) + (4 if flags & 1 else 0)


def _lz4_pieces(source: Source, file: BinaryIO, ending: Ending) -> Iterator[bytes]:
    """Feeds groups of whole blocks to the decompressor, at most one piece of output each."""
    head = file.read(19)
    flags, descriptor = head[4], head[5]
    size = _frame_header_size(flags)
    largest = _BLOCK_SIZES.get(descriptor >> 4 & 7, 1 << 16)
    checksum = 4 if flags & 16 else 0
    file.seek(size)
    engine = lz4.frame.LZ4FrameDecompressor()
    ending.state, ending.offset = "cut", size
    group: list[bytes] = [head[:size]]
    blocks = 0
    held = 0
    limit = source.max_expansion_bytes or max(FREE_EXPANSION, EXPANSION_RATIO * source.size)
    while True:
        block, end = _next_block(file, checksum, largest)
        if block:
            group.append(block)
            blocks += 1
        if blocks * largest >= PIECE_BYTES or end:
            try:
                piece = engine.decompress(b"".join(group))
            except RuntimeError:
                ending.state = "damaged"
                return
            group, blocks = [], 0
            held += len(piece)
            if held > limit:
                raise TooLarge(
                    source.path,
                    f"expands beyond {limit} bytes",
                    "raise --max-expansion if you trust this file",
                )
            ending.offset = file.tell()
            if piece:
                yield piece
        if end:
            ending.state = end
            return


def _next_block(
    file: BinaryIO, checksum: int, largest: int
) -> tuple[bytes, Literal["", "closed", "cut", "damaged"]]:
    """The next whole block with its length, and whether the frame ends here and how."""
    prefix = file.read(4)
    if len(prefix) < 4:
        return b"", "cut"
    (word,) = struct.unpack("<I", prefix)
    if word == 0:
        return prefix, "closed"
    length = (word & ~_UNCOMPRESSED) + checksum
    if length > largest + 4:
        return b"", "damaged"
    body = file.read(length)
    if len(body) < length:
        return b"", "cut"
    return prefix + body, ""
