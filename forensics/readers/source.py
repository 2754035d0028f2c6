"""A file as readers see it: regular, not empty, hashed, decompressed under a limit."""

from __future__ import annotations

import hashlib
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Literal

import zstandard

from forensics.errors import BadDump, TooLarge, UnreadableFile

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
HEAD_BYTES = 1 << 16
CHUNK_BYTES = 1 << 18
DEFAULT_EXPANSION_BYTES = 4 << 30
EXPANSION_RATIO = 200
#: Below this many bytes no ratio is asked for: small files of zeros expand well and harm nobody.
RATIO_FREE_BYTES = 64 << 20


class Source:
    """One dump file, opened for reading. Raises UnreadableFile where it cannot be read.

    ``max_expansion_bytes`` bounds what a compressed file may expand to; by default 4 GiB and
    200 times its size (whichever is reached first, beyond 64 MiB).
    """

    def __init__(self, path: str | os.PathLike[str], *, max_expansion_bytes: int | None = None) -> None:
        self.path = Path(path)
        self.max_expansion_bytes = max_expansion_bytes
        self.size = _regular_size(self.path)

    def open(self) -> BinaryIO:
        """The file as it lies on disk."""
        try:
            return self.path.open("rb")
        except OSError as error:
            raise UnreadableFile(self.path, _reason(error), "check the path and its permissions") from error

    @cached_property
    def sha256(self) -> str:
        with self.open() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @cached_property
    def raw_head(self) -> bytes:
        """Up to 64 KiB as on disk."""
        with self.open() as file:
            return file.read(HEAD_BYTES)

    @cached_property
    def compression(self) -> Literal["gzip", "zstd", ""]:
        if self.raw_head.startswith(GZIP_MAGIC):
            return "gzip"
        return "zstd" if self.raw_head.startswith(ZSTD_MAGIC) else ""

    @cached_property
    def head(self) -> bytes:
        """Up to 64 KiB of the content, decompressed; what there is of it when damaged."""
        if not self.compression:
            return self.raw_head
        collected = b""
        try:
            for chunk in self.chunks():
                collected += chunk[: HEAD_BYTES - len(collected)]
                if len(collected) >= HEAD_BYTES:
                    break
        except BadDump:
            pass
        return collected

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces of at most 256 KiB.

        Raises BadDump where compressed content is damaged or ends early, after all that could be
        saved was yielded, and TooLarge past the limit on expansion.
        """
        if self.compression == "gzip":
            yield from self._limited(self._gzip_chunks())
        elif self.compression == "zstd":
            yield from self._limited(self._zstd_chunks())
        else:
            with self.open() as file:
                while piece := file.read(CHUNK_BYTES):
                    yield piece

    def content(self, *, limit: int | None = None) -> tuple[bytes, BadDump | None]:
        """All content and, where a compressed file ends early or is damaged, the fault.

        Raises TooLarge past the limit on expansion or past ``limit`` bytes.
        """
        parts: list[bytes] = []
        held = 0
        try:
            for piece in self.chunks():
                held += len(piece)
                if limit is not None and held > limit:
                    raise TooLarge(
                        self.path,
                        f"more than {limit} bytes of content",
                        "this format is not read at that size",
                    )
                parts.append(piece)
        except TooLarge:
            raise
        except BadDump as fault:
            return b"".join(parts), fault
        return b"".join(parts), None

    def _limited(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        limit = self.max_expansion_bytes or DEFAULT_EXPANSION_BYTES
        if self.max_expansion_bytes is None:
            limit = min(limit, max(RATIO_FREE_BYTES, EXPANSION_RATIO * self.size))
        held = 0
        for piece in pieces:
            held += len(piece)
            if held > limit:
                raise TooLarge(
                    self.path, f"expands beyond {limit} bytes", "raise --max-expansion if you trust this file"
                )
            yield piece

    def _gzip_chunks(self) -> Iterator[bytes]:
        with self.open() as file:
            engine = zlib.decompressobj(wbits=31)
            pending = file.read(CHUNK_BYTES)
            while pending:
                yield from self._step(lambda: engine.decompress(pending, CHUNK_BYTES), "gzip")
                pending = engine.unconsumed_tail or (engine.unused_data if engine.eof else b"")
                if engine.eof:
                    pending = pending or file.read(CHUNK_BYTES)
                    if not pending.startswith(GZIP_MAGIC):
                        return
                    engine = zlib.decompressobj(wbits=31)
                elif not pending:
                    pending = file.read(CHUNK_BYTES)
            if not engine.eof:
                raise BadDump(self.path, "the gzip stream ends early", "fetch the file again")

    def _zstd_chunks(self) -> Iterator[bytes]:
        with self.open() as file:
            engine = zstandard.ZstdDecompressor(max_window_size=1 << 27)
            stream = engine.stream_reader(file, read_across_frames=True)
            while True:
                piece = b"".join(self._step(lambda: stream.read(CHUNK_BYTES), "zstd"))
                if not piece:
                    return
                yield piece

    def _step(self, decompress: Callable[[], bytes], kind: str) -> Iterator[bytes]:
        try:
            yield decompress()
        except (zlib.error, zstandard.ZstdError) as error:
            raise BadDump(
                self.path, f"the {kind} stream is damaged ({error})", "fetch the file again"
            ) from error


def _regular_size(path: Path) -> int:
    """Size in bytes of a regular, non-empty file; never opens anything else."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise UnreadableFile(path, _reason(error), "check the path and its permissions") from error
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFile(path, "is a directory", "name the dump files inside it")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(path, "is not a regular file", "copy its content to a file first")
    if status.st_size == 0:
        raise UnreadableFile(
            path,
            "is empty",
            "an aggregated memray capture of a killed process is empty: record without --aggregate next time",
        )
    return status.st_size


def _reason(error: OSError | ValueError) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]
