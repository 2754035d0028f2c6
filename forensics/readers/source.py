"""A file as readers see it: regular, not empty, hashed, decompressed under a limit."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

from forensics.builder import MOST_CALLSITES
from forensics.errors import BadDump, TooLarge, UnreadableFile
from forensics.readers.compressed import CHUNK_BYTES, GZIP_MAGIC, ZSTD_MAGIC, gzip_pieces, zstd_pieces

HEAD_BYTES = 1 << 16
DEFAULT_EXPANSION_BYTES = 4 << 30
EXPANSION_RATIO = 200
#: What a compressed file may expand to where all of it has to be in memory at once.
IN_MEMORY_BYTES = 512 << 20
#: Below this many bytes no ratio is asked for: small files of zeros expand well and harm nobody.
RATIO_FREE_BYTES = 64 << 20
#: Call paths that any compressed text may have.
CALLSITES_FREE = 1 << 20
TRUST = "raise --max-expansion if you trust this file"


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
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # a buffered file

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
            yield from self._limited(gzip_pieces(self.path, self.open))
        elif self.compression == "zstd":
            yield from self._limited(zstd_pieces(self.path, self.open))
        else:
            with self.open() as file:
                while piece := file.read(CHUNK_BYTES):
                    yield piece

    def content(
        self, *, limit: int | None = None, remedy: str = "this format is not read at that size"
    ) -> tuple[bytes, BadDump | None]:
        """All content and, where a compressed file ends early or is damaged, the fault.

        Raises TooLarge past the limit on expansion or past ``limit`` bytes.
        """
        if limit is not None and self.size > limit and not self.compression:
            raise TooLarge(self.path, f"more than {limit} bytes of content", remedy)
        if not self.compression:
            with self.open() as file:
                return file.read(), None
        whole = BytesIO()  # its value is its buffer: joining pieces would hold all of them twice
        try:
            for piece in self.chunks():
                if limit is not None and whole.tell() + len(piece) > limit:
                    raise TooLarge(self.path, f"more than {limit} bytes of content", remedy)
                whole.write(piece)
        except TooLarge:
            raise
        except BadDump as fault:
            return whole.getvalue(), fault
        return whole.getvalue(), None

    @property
    def most_callsites(self) -> int:
        """Call paths that a text of this size may have; compressed, a path takes 4 bytes and more of it."""
        if not self.compression or self.max_expansion_bytes is not None:
            return MOST_CALLSITES
        return min(MOST_CALLSITES, max(CALLSITES_FREE, self.size // 4))

    def memory_content(self) -> tuple[bytes, BadDump | None]:
        """`content` for formats that are decoded as a whole in memory: at most 512 MiB where compressed.

        ``max_expansion_bytes`` raises the limit.
        """
        return self.content(limit=self._memory_limit, remedy=TRUST)

    def memory_pieces(self) -> Pieces:
        """The same in pieces, for formats whose tables grow with all of the content."""
        return Pieces(self, self._memory_limit)

    @property
    def _memory_limit(self) -> int | None:
        return self.max_expansion_bytes or (IN_MEMORY_BYTES if self.compression else None)

    def _limited(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        limit = self.max_expansion_bytes or DEFAULT_EXPANSION_BYTES
        if self.max_expansion_bytes is None:
            limit = min(limit, max(RATIO_FREE_BYTES, EXPANSION_RATIO * self.size))
        held = 0
        for piece in pieces:
            held += len(piece)
            if held > limit:
                raise TooLarge(self.path, f"expands beyond {limit} bytes", TRUST)
            yield piece


class Pieces:
    """The content of a source, piece by piece; ``fault`` says in the end why it ended early, if it did.

    Raises TooLarge past ``limit`` bytes.
    """

    def __init__(self, source: Source, limit: int | None) -> None:
        self._source = source
        self._limit = limit
        self.fault: BadDump | None = None

    def __iter__(self) -> Iterator[bytes]:
        held = 0
        try:
            for piece in self._source.chunks():
                held += len(piece)
                if self._limit is not None and held > self._limit:
                    raise TooLarge(self._source.path, f"more than {self._limit} bytes of content", TRUST)
                yield piece
        except TooLarge:
            raise
        except BadDump as fault:
            self.fault = fault


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
