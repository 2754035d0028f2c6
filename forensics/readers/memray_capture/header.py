"""The header of a capture: who recorded what, when and how."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime

MAGIC = b"memray\0"
#: Header version to the memray releases that write it.
RELEASES = {11: "1.11–1.18", 12: "1.19", 13: "1.20"}
#: Headers written by releases before these have another layout that is not read here.
OLDER = {6: "1.0", 7: "1.1", 8: "1.2–1.3", 9: "1.4–1.6", 10: "1.7–1.10"}
PYTHON_ALLOCATORS = {
    1: "pymalloc",
    2: "pymalloc_debug",
    3: "malloc",
    4: "other",
    5: "mimalloc",
    6: "mimalloc_debug",
}
#: No command line or search path list is longer than this; one that is, is not believed.
LONGEST_TEXT = 1 << 20
LATEST_MILLISECOND = 253_402_300_799_000
MOST_SKIPPED = 1 << 20


class Unfinished(Exception):
    """The bytes at hand end inside the header."""


class BadHeader(Exception):
    """The header says something that cannot be; the text is the fault."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """What the recorder wrote before the first record. Times are milliseconds since the epoch."""

    version: int
    #: sys.hexversion of the recorded interpreter; 0 where the format does not say (version 11).
    python_hexversion: int = 0
    native_traces: bool = False
    aggregated: bool = False
    #: Frees included; 0 until the recorder closes the file.
    allocation_records: int = 0
    started_ms: int = 0
    ended_ms: int = 0
    command: str = ""
    pid: int = -1
    main_thread: int = 0
    #: Outermost frames of the main thread that belong to the recorder.
    skipped_frames: int = 0
    python_allocator: str = ""
    trace_python_allocators: bool = False
    object_lifetimes: bool = False
    standard_library: str = ""
    site_packages: tuple[str, ...] = ()
    search_path: tuple[str, ...] = ()
    #: Length of the header in bytes.
    size: int = 0

    @property
    def language(self) -> str:
        """``python 3.11.7``, '' where the format does not say."""
        if not self.python_hexversion:
            return ""
        h = self.python_hexversion
        return f"python {h >> 24}.{h >> 16 & 255}.{h >> 8 & 255}"

    @property
    def producer(self) -> str:
        return f"memray {RELEASES[self.version]} (capture format {self.version})"


class _Fields:
    """Reads fields one after another; raises Unfinished past the end."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.position = 0

    def number(self, code: str) -> int:
        size = struct.calcsize("<" + code)
        if self.position + size > len(self.content):
            raise Unfinished
        (value,) = struct.unpack_from("<" + code, self.content, self.position)
        self.position += size
        return int(value)

    def text(self) -> str:
        end = self.content.find(b"\0", self.position)
        if end < 0:
            if len(self.content) - self.position > LONGEST_TEXT:
                raise BadHeader(f"a text in the header is longer than {LONGEST_TEXT} bytes")
            raise Unfinished
        value = self.content[self.position : end]
        self.position = end + 1
        return value.decode("utf-8", "replace")

    def texts(self) -> tuple[str, ...]:
        found: list[str] = []
        while value := self.text():
            found.append(value)
        return tuple(found)


def read_header(content: bytes) -> Header:
    """The header at the start of a decompressed capture.

    Raises Unfinished where more bytes are needed, BadHeader where it makes no sense.
    """
    fields = _Fields(content)
    fields.position = len(MAGIC)
    version = fields.number("i")
    if version in OLDER:
        raise BadHeader(f"was written by memray {OLDER[version]} (capture format {version})")
    if version not in RELEASES:
        raise BadHeader(f"has capture format {version}; known are 11, 12 and 13")
    python = fields.number("I") if version >= 12 else 0
    native = fields.number("B")
    layout = fields.number("B")
    if native > 1 or layout > 1:
        raise BadHeader("has a damaged header: a flag is neither 0 nor 1")
    records, _frames = fields.number("Q"), fields.number("Q")
    started, ended = fields.number("q"), fields.number("q")
    if not 0 <= started <= LATEST_MILLISECOND or not 0 <= ended <= LATEST_MILLISECOND:
        raise BadHeader("has a damaged header: a time is out of range")
    command, pid = fields.text(), fields.number("i")
    main_thread, skipped = fields.number("Q"), fields.number("Q")
    if skipped > MOST_SKIPPED:
        raise BadHeader("has a damaged header: it skips more frames than a stack has")
    allocator, traced = fields.number("B"), fields.number("B")
    lifetimes = fields.number("B") if version >= 12 else 0
    library = fields.text() if version >= 13 else ""
    site_packages = fields.texts() if version >= 13 else ()
    search_path = fields.texts() if version >= 13 else ()
    return Header(
        version=version,
        python_hexversion=python,
        native_traces=bool(native),
        aggregated=bool(layout),
        allocation_records=records,
        started_ms=started,
        ended_ms=ended,
        command=command,
        pid=pid,
        main_thread=main_thread,
        skipped_frames=skipped,
        python_allocator=PYTHON_ALLOCATORS.get(allocator, ""),
        trace_python_allocators=bool(traced),
        object_lifetimes=bool(lifetimes),
        standard_library=library,
        site_packages=site_packages,
        search_path=search_path,
        size=fields.position,
    )


def moment_of(milliseconds: int) -> datetime | None:
    """A time in UTC; None for 0."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else None
