"""Opening a dump: exactly one reader recognises a file by its content.

One format is one module (or package) here, knowing its format and the builder and nothing else.
A module has ``FORMAT`` (its name), ``DESCRIPTION`` (one line for error texts), ``matches(source)``
(cheap, head bytes only, never raises on foreign content) and ``load(source)``.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Protocol, cast

from forensics.builder import OutOfRoom
from forensics.capture import Capture
from forensics.errors import BadDump, TooLarge, UnknownFormat
from forensics.readers.source import Source
from forensics.sidecar import SUFFIX as SIDECAR_SUFFIX
from forensics.sidecar import read_sidecar

#: Module of each format, most telling content first. Imported when a file is to be recognised.
READERS: tuple[str, ...] = (
    "memray_capture",
    "parquet_capture",
    "tracemalloc_snapshot",
    "pprof_profile",
    "go_heap_text",
    "go_count_text",
    "go_goroutines",
    "gperftools_heap",
    "jemalloc_heap",
    "java_heap_text",
    "threadz_text",
    "speedscope_file",
    "memray_csv",
    "census_dump",
    "expvar_json",
    "prometheus_text",
    "memstats_lines",
    "folded_stacks",
)


class Reader(Protocol):
    FORMAT: str
    DESCRIPTION: str

    def matches(self, source: Source) -> bool: ...
    def load(self, source: Source) -> Capture: ...


def readers() -> tuple[Reader, ...]:
    """All readers, in the order in which they are asked."""
    return tuple(cast("Reader", import_module(f"{__name__}.{name}")) for name in READERS)


def recognise(source: Source) -> Reader:
    """The one reader whose format this is. Raises UnknownFormat where none or several claim it."""
    claims = [reader for reader in readers() if reader.matches(source)]
    if len(claims) == 1:
        return claims[0]
    if claims:
        names = " and ".join(reader.FORMAT for reader in claims)
        raise UnknownFormat(source.path, f"could be {names}", "please report this file's first bytes")
    if source.compression and not source.head:
        raise BadDump(
            source.path, f"the {source.compression} stream is damaged from its start", "fetch the file again"
        )
    if source.path.name.endswith(SIDECAR_SUFFIX):
        dump = source.path.name.removesuffix(SIDECAR_SUFFIX)
        raise UnknownFormat(source.path, "is the side-car of a dump and no dump", f"name the dump: {dump}")
    known = ", ".join(reader.FORMAT for reader in readers())
    raise UnknownFormat(source.path, "is no dump that is known here", f"known formats: {known}")


def load(path: str | os.PathLike[str], *, max_expansion_bytes: int | None = None) -> Capture:
    """The capture in this file, with its side-car if one lies beside it.

    Raises UnreadableFile, UnknownFormat or BadDump; a damaged dump that can be read in part gives
    a capture whose ``health`` says so.
    """
    source = Source(path, max_expansion_bytes=max_expansion_bytes)
    try:
        capture = recognise(source).load(source)
    except OutOfRoom as error:
        raise TooLarge(source.path, f"holds {error}", "this is no dump of a real program") from error
    sidecar = read_sidecar(source.path)
    return capture.with_sidecar(sidecar) if sidecar else capture
