"""Compressed files in pieces: what is whole of them, and then the fault, where there is one."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import zstandard
from isal import isal_zlib
from isal.isal_zlib import IsalError

from forensics.errors import BadDump

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
CHUNK_BYTES = 1 << 18
#: Steps near damage: what one step held when it failed is lost, so it holds little.
_SMALL_INPUT, _SMALL_OUTPUT = 1 << 10, 64
_LARGEST_WINDOW = 1 << 27

Open = Callable[[], BinaryIO]


def gzip_pieces(path: object, reopen: Open) -> Iterator[bytes]:
    """The content of all members. Raises BadDump behind what could be saved."""
    held = 0
    try:
        for piece in _members(path, reopen, isal_zlib.decompressobj, CHUNK_BYTES, CHUNK_BYTES):
            held += len(piece)
            yield piece
    except IsalError:  # type: ignore[misc] # isal has no types
        yield from _skipping(_carefully(path, reopen), held)


def _carefully(path: object, reopen: Open) -> Iterator[bytes]:
    """The same with zlib in small steps, which give all up to the damage."""
    try:
        yield from _members(path, reopen, zlib.decompressobj, _SMALL_INPUT, _SMALL_OUTPUT)
    except zlib.error as error:
        raise BadDump(path, f"the gzip stream is damaged ({error})", "fetch the file again") from error


def _members(
    path: object, reopen: Open, make: Callable[..., Any], input_bytes: int, output_bytes: int
) -> Iterator[bytes]:
    with reopen() as file:
        engine = make(wbits=31)
        pending = file.read(input_bytes)
        while pending:
            yield engine.decompress(pending, output_bytes)
            pending = engine.unconsumed_tail
            if engine.eof:
                pending = engine.unused_data + file.read(input_bytes)
                if not pending.startswith(GZIP_MAGIC):
                    return
                engine = make(wbits=31)
            elif not pending:
                pending = file.read(input_bytes)
        raise BadDump(path, "the gzip stream ends early", "fetch the file again")


def zstd_pieces(path: object, reopen: Open) -> Iterator[bytes]:
    """The content of all frames. Raises BadDump behind what could be saved."""
    held = 0
    try:
        for piece in _frames(reopen, CHUNK_BYTES):
            held += len(piece)
            yield piece
    except zstandard.ZstdError:
        yield from _skipping(_frames_carefully(path, reopen), held)
    with reopen() as file:
        if not _ends_with_a_frame(file):
            raise BadDump(path, "the zstd stream ends early", "fetch the file again")


def _frames_carefully(path: object, reopen: Open) -> Iterator[bytes]:
    try:
        yield from _frames(reopen, _SMALL_OUTPUT)
    except zstandard.ZstdError as error:
        raise BadDump(path, f"the zstd stream is damaged ({error})", "fetch the file again") from error


def _frames(reopen: Open, output_bytes: int) -> Iterator[bytes]:
    with reopen() as file:
        engine = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        stream = engine.stream_reader(file, read_across_frames=True)
        while piece := stream.read(output_bytes):
            yield piece


def _skipping(pieces: Iterator[bytes], held: int) -> Iterator[bytes]:
    """The pieces without the first ``held`` bytes."""
    for piece in pieces:
        if len(piece) > held:
            yield piece[held:]
        held = max(held - len(piece), 0)


def _ends_with_a_frame(file: BinaryIO) -> bool:
    """Whether the blocks of every frame are there; zstandard's reader takes a cut file for a whole one.

    Source of the layout: https://github.com/facebook/zstd/blob/dev/doc/zstd_compression_format.md
    """
    while True:
        magic = file.read(4)
        if magic != ZSTD_MAGIC:
            skippable = len(magic) == 4 and 0x50 <= magic[0] <= 0x5F and magic[1:] == b"\x2a\x4d\x18"
            if not skippable:
                return not magic
            file.seek(int.from_bytes(file.read(4), "little"), 1)
            continue
        if not _skip_frame(file):
            return False


def _skip_frame(file: BinaryIO) -> bool:
    """Move behind the frame whose magic was read; False where the file ends inside it."""
    descriptor = file.read(1)
    if not descriptor:
        return False
    flags = descriptor[0]
    single = flags >> 5 & 1
    sizes = (1 if single else 0, 2, 4, 8)[flags >> 6]
    header = (0 if single else 1) + (0, 1, 2, 4)[flags & 3] + sizes
    if len(file.read(header)) < header:
        return False
    last = False
    while not last:
        block = file.read(3)
        if len(block) < 3:
            return False
        value = int.from_bytes(block, "little")
        last, size = bool(value & 1), 1 if value >> 1 & 3 == 1 else value >> 3
        if not _skipped(file, size):
            return False
    return _skipped(file, 4 if flags >> 2 & 1 else 0)


def _skipped(file: BinaryIO, size: int) -> bool:
    """Move on by ``size`` bytes if they are there."""
    if size:
        file.seek(size - 1, 1)
        return bool(file.read(1))
    return True
