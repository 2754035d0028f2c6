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
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, cast

import lz4.block

from forensics.errors import BadDump, TooLarge
from forensics.readers.memray_capture.header import MAGIC
from forensics.readers.memray_capture.lz4_rest import WINDOW, decode_rest
from forensics.readers.source import Source

LZ4_MAGIC = b"\x04\x22\x4d\x18"
PIECE_BYTES = 4 << 20
#: So many zero bytes at the end of a file may belong to its last record.
LONGEST_PADDING = 4 << 10
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
    #: True where a gzip or zstd wrapping around the capture ended early.
    wrapper_cut: bool = False


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
    with _opened(source, ending) as file:
        head = file.read(len(LZ4_MAGIC))
        file.seek(0)
        if head == LZ4_MAGIC:
            yield from _lz4_pieces(source, file, ending)
        else:
            yield from _raw_pieces(file, ending)


def _opened(source: Source, ending: Ending) -> BinaryIO:
    """The capture as a file; one inside gzip or zstd is unpacked to an unnamed temporary file."""
    if not source.compression:
        return source.open()
    file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 -- the caller closes it
    try:
        for chunk in source.chunks():
            file.write(chunk)
    except TooLarge:
        file.close()
        raise
    except BadDump:
        ending.wrapper_cut = True
    file.seek(0)
    return file


def _raw_pieces(file: BinaryIO, ending: Ending) -> Iterator[bytes]:
    left = end_of_content(file)
    padding = file.seek(0, os.SEEK_END) - left
    ending.offset = left
    file.seek(0)
    while left > 0 and (piece := file.read(min(PIECE_BYTES, left))):
        left -= len(piece)
        yield piece
    if padding:
        yield bytes(min(padding, LONGEST_PADDING))


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
    """Decompresses block by block (each leans on the 64 KiB before it) and yields many at a time."""
    head = file.read(7)
    ending.state = "cut"
    if len(head) < 7:
        return
    file.seek(_frame_header_size(head[4]))
    largest = _BLOCK_SIZES.get(head[5] >> 4 & 7, 1 << 16)
    limit = source.max_expansion_bytes or max(FREE_EXPANSION, EXPANSION_RATIO * source.size)
    collected: list[bytes] = []
    held = collected_bytes = 0
    history = b""
    for block in _blocks(file, ending, checksum_bytes=head[4] >> 2 & 4, largest=largest):
        try:
            piece = _decompressed(block, history, largest)
        except lz4.block.LZ4BlockError:
            ending.state = "damaged"
            piece = decode_rest(block[4:], history, largest)
        collected.append(piece)
        collected_bytes += len(piece)
        history = piece[-WINDOW:] if len(piece) >= WINDOW else (history + piece)[-WINDOW:]
        if collected_bytes >= PIECE_BYTES:
            held += collected_bytes
            if held > limit:
                raise TooLarge(
                    source.path,
                    f"expands beyond {limit} bytes",
                    "raise --max-expansion if you trust this file",
                )
            yield b"".join(collected)
            collected, collected_bytes = [], 0
        if ending.state == "damaged":
            break
    yield b"".join(collected)


def _decompressed(block: bytes, history: bytes, largest: int) -> bytes:
    """The content of one block that starts with its length; raises LZ4BlockError."""
    (word,) = struct.unpack_from("<I", block)
    body = block[4:]
    if len(body) < word & ~_UNCOMPRESSED:
        return body if word & _UNCOMPRESSED else decode_rest(body, history, largest)
    if word & _UNCOMPRESSED:
        return body
    return bytes(lz4.block.decompress(body, uncompressed_size=largest, dict=history))


def _blocks(file: BinaryIO, ending: Ending, *, checksum_bytes: int, largest: int) -> Iterator[bytes]:
    """Each block with its length before it, the last one as much as there is of it."""
    while True:
        ending.offset = file.tell()
        prefix = file.read(4)
        if len(prefix) < 4:
            return
        (word,) = struct.unpack("<I", prefix)
        if word == 0:
            ending.state = "closed"
            return
        length = word & ~_UNCOMPRESSED
        if length > largest:
            ending.state = "damaged"
            return
        yield prefix + file.read(length)
        file.seek(checksum_bytes, os.SEEK_CUR)
