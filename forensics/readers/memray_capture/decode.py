"""Drives the compiled loop over a stream: feeds it, gives it room, keeps what it sets aside."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.hashing import U, mixed, refill, shift_of
from forensics.readers.memray_capture.header import Header
from forensics.readers.memray_capture.kernel import decode
from forensics.readers.memray_capture.limits import (
    DEEPEST_STACK,
    LONGEST_RECORD,
    MOST_ASIDES,
    MOST_MAPPINGS,
    MOST_THREADS,
    Limits,
    TooMuch,
)
from forensics.readers.memray_capture.records import CodeObjects, Segments, text_at
from forensics.readers.memray_capture.settle import MOST_ROWS
from forensics.readers.memray_capture.state import Status
from forensics.readers.memray_capture.wire import CODE, MAPS, SEGMENTS, SLACK

#: From this many bytes on a hash table lies in large pages of its own and moves piece by piece.
LARGE_TABLE = 4 << 20
#: Allocation records that take effect together.
BATCH = 256
#: Frames that a new thread has room for.
FIRST_LEVELS = 16
#: A name of a thread interrupts the loop: so many records that are read one by one it counts for.
NAME_WEIGHT = 8
#: What CPython calls the thread it starts on. The header's main thread is the one that began to
#: record, which says its name only if it is not this one.
MAIN_NAME = "MainThread"
ARENA_BYTES = 1 << 20
OLD_ARENA_BYTES = 1 << 18


@dataclass(kw_only=True)
class Fault:
    """Why decoding ended before the trailer: where in the decompressed stream, and what was there."""

    offset: int
    what: str


@dataclass(kw_only=True)
class Labels:
    """Names of threads as rows refer to them. A thread id whose thread was replaced gets a new one."""

    names: list[str] = field(default_factory=list)
    #: True where no name was recorded (yet).
    default: list[bool] = field(default_factory=list)
    #: True for the thread that started the recording.
    main: list[bool] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def add(self, name: str, *, default: bool, main: bool) -> int:
        self.names.append(self.unique(name))
        self.default.append(default)
        self.main.append(main)
        return len(self.names) - 1

    def unique(self, name: str) -> str:
        """This name, numbered where another thread has it already."""
        wanted, number = name, 1
        while wanted in self.taken:
            number += 1
            wanted = f"{name} #{number}"
        self.taken.add(wanted)
        return wanted

    def withdraw(self, name: str, instead: str) -> None:
        """Rename the thread that was only assumed to have this name."""
        for label, held in enumerate(self.names):
            if held == name and self.default[label]:
                self.taken.discard(name)
                self.names[label] = self.unique(instead)


class Decoder:
    """Everything that the loop works on, and what it found. One use: make it, `run` it, read it."""

    def __init__(
        self, header: Header, *, limits: Limits | None = None, emit_events: int = 0, stop_after: int = 1 << 62
    ) -> None:
        self.header = header
        self.limits = limits or Limits()
        self.state = np.zeros(s.SLOTS, np.int64)
        self.ustate = self.state.view(np.uint64)
        self.ring = np.zeros(16, np.uint64)
        self.tids = np.zeros(64, np.uint64)
        self.threads = np.zeros(64, s.THREAD_STATE)
        self.thread_slots = np.full(256, -1, np.int32)
        self.stack = np.zeros(1 << 12, np.int32)
        self.stack_used = 0
        self.levels = np.zeros(1 << 12, s.LEVEL)
        self.moved = np.zeros(1 << 12, np.int32)
        self.nodes = np.zeros(1 << 12, s.NODE)
        self.node_table = np.zeros(2 << 13, np.uint64)
        self.frames = np.zeros(1 << 10, s.FRAME)
        self.frame_table = np.zeros(2 << 11, np.uint64)
        self.rows = aligned(1 << 12, s.ROW)
        self.places = np.zeros(1 << 12, s.PLACE)
        self.native_places = np.zeros(1 << 12 if header.native_traces else 1, s.NATIVE_PLACE)
        self.row_table = np.zeros(2 << 13, np.uint64)
        self.operations = np.zeros(BATCH, s.OPERATION_ROW)
        self.live = np.zeros(2 << 16, np.uint64)
        self.huge = np.zeros(2 << 12, np.uint64)
        self.mappings = np.zeros(1 << 10, s.MAPPING)
        self.spans = np.zeros((1 << 4, 2), np.uint64)
        self.timeline = np.zeros((1 << 10, 3), np.int64)
        self.natives = np.zeros((1 << 10 if header.native_traces else 1, 3), np.uint64)
        self.asides = np.zeros((1 << 10, 3), np.uint64)
        self.events = np.zeros(emit_events or 4 * BATCH, s.EVENT)
        self.asides_read = 0
        self.labels = Labels()
        self.codes = CodeObjects(header)
        self.segments = Segments()
        self.fault: Fault | None = None
        self.closed = False
        self.stopped = False
        self.tail = 0
        #: True where a table was replaced since the loop was given its tables.
        self._grown = False
        self.state[s.THREAD] = -1
        self.state[s.OLD] = header.version == 11
        self.state[s.NATIVE] = header.native_traces
        self.state[s.ARENA] = 0 if header.trace_python_allocators else arena_size(header)
        self.state[s.EMIT] = emit_events > 0
        self.state[s.STOP_AFTER] = stop_after
        self._set_shifts()
        if header.version == 11:
            self._new_thread(0)

    def run(self, content: Iterable[bytes]) -> None:
        """Decode pieces that start right after the header, to the trailer, a fault or their end."""
        for _ in self.steps(content):
            pass

    def steps(self, content: Iterable[bytes]) -> Iterator[None]:
        """As `run`, but comes back after every buffer and whenever the events are full."""
        offset = self.header.size
        rest = b""
        padding: Fault | None = None
        for piece in content:
            if padding is not None:
                if piece.strip(b"\0"):
                    self.fault = padding
                    return
                continue
            buffer = rest + piece
            self.state[s.POSITION] = 0
            while self._feed(buffer, offset):
                yield
            used = int(self.state[s.POSITION])
            if self.fault is not None and not buffer[used:].strip(b"\0"):
                padding, self.fault = self.fault, None  # zero bytes to the end are no records
            yield
            if self.closed or self.stopped or self.fault is not None:
                return
            offset += used
            rest = buffer[used:]
            if len(rest) > LONGEST_RECORD:
                self.fault = Fault(offset=offset, what=f"a record longer than {LONGEST_RECORD} bytes")
                return
        self.tail = len(rest)

    def forget_tables(self) -> None:
        """Give back what only decoding needed; what was found stays."""
        for name in ONLY_FOR_DECODING:
            setattr(self, name, getattr(self, name)[:0].copy())

    @property
    def thread_count(self) -> int:
        return int(self.state[s.THREADS])

    @property
    def records_after_timeline(self) -> int:
        """Allocation records after the last memory record."""
        return int(self.state[s.SETTLED] - self.state[s.SETTLED_AT_MEMORY])

    def take_events(self) -> np.ndarray:
        """The events collected since the last call: a view, valid until the loop goes on."""
        count = int(self.state[s.OUT])
        self.state[s.OUT] = 0
        return self.events[:count]

    def _feed(self, buffer: bytes, offset: int) -> bool:
        """Run the loop over one buffer; True where it stopped only because the events are full."""
        array = np.frombuffer(buffer + bytes(SLACK), np.uint8)
        step = self._step_over(array, len(buffer))
        while True:
            status = Status(step())
            self._read_asides(buffer)
            if status == Status.EVENTS_FULL and self.state[s.OUT]:
                return True
            self.closed = status == Status.TRAILER
            self.stopped = status == Status.STOPPED
            if status == Status.MORE or self.closed or self.stopped:
                return False
            what = self._answer(status, buffer)
            if what:
                self.fault = Fault(offset=offset + int(self.state[s.POSITION]), what=what)
                return False
            if self._grown:
                step = self._step_over(array, len(buffer))

    def _step_over(self, array: np.ndarray, limit: int) -> Callable[[], int]:
        """The loop over a buffer and the tables as they are now."""
        self._grown = False
        return decode.prepared(
            array, limit, self.state, self.ustate, self.ring, self.tids, self.threads, self.thread_slots,
            self.stack, self.levels, self.moved, self.nodes, self.node_table, self.frames, self.frame_table,
            self.rows, self.places, self.native_places, self.row_table, self.operations, self.live, self.huge,
            self.mappings, self.spans, self.timeline, self.natives, self.asides, self.events,
        )  # fmt: skip

    def _answer(self, status: Status, buffer: bytes) -> str:
        """Do what the loop asks for; the fault where that cannot be done. Raises TooMuch."""
        if status in FAULTS:
            return FAULTS[status]
        if status == Status.NEW_THREAD:
            return self._new_thread(int(self.ustate[s.ARGUMENT]))
        if status == Status.GROW_STACK:
            return self._grow_stack()
        if status == Status.GROW_MAPPINGS and len(self.mappings) >= MOST_MAPPINGS:
            return f"more than {MOST_MAPPINGS} mappings at a time"
        if status == Status.GROW_ROWS and 2 * len(self.rows) > MOST_ROWS:
            return "more callsites than can be told apart"
        if status == Status.THREAD_NAME:
            self._count_asides(NAME_WEIGHT)
            self._name_thread(text_at(buffer, int(self.state[s.ARGUMENT])))
        for name in GROWS.get(status, ()):
            self._grow(name)
        self._set_shifts()
        return ""

    def _grow(self, name: str) -> None:
        """Double one table. Raises TooMuch where that would pass the limits."""
        table: np.ndarray = getattr(self, name)
        if name == "nodes":
            self.limits.check_nodes(2 * len(table))
        if name == "native_places" and not self.header.native_traces:
            return
        self.limits.check_tables(self._tables(), 2 * table.nbytes)
        setattr(self, name, _rehashed(table) if name in HASHED else _doubled(table))
        self._grown = True

    def _tables(self) -> list[np.ndarray]:
        return [table for table in vars(self).values() if isinstance(table, np.ndarray)]

    def _count_asides(self, count: int) -> None:
        self.asides_read += count
        if self.asides_read > MOST_ASIDES:
            raise TooMuch(f"holds more than {MOST_ASIDES} names of threads, functions or loaded files")

    def _set_shifts(self) -> None:
        self.ustate[s.NODE_SHIFT] = shift_of(self.node_table)
        self.ustate[s.FRAME_SHIFT] = shift_of(self.frame_table)
        self.ustate[s.ROW_SHIFT] = shift_of(self.row_table)
        self.ustate[s.LIVE_SHIFT] = shift_of(self.live)

    def _new_thread(self, tid: int) -> str:
        number = self.thread_count
        if number >= MOST_THREADS:
            return f"more than {MOST_THREADS} threads"
        if number == len(self.threads):
            self._grow("tids")
            self._grow("threads")
            self.thread_slots = np.full(4 * len(self.threads), -1, np.int32)
            self._grown = True
            for known in range(number):
                self._enter_thread(known)
        self.tids[number] = tid
        main = tid == self.header.main_thread
        label = self.labels.add(MAIN_NAME if main else f"thread {tid:#x}", default=True, main=main)
        self.threads[number] = (*self._stack_room(FIRST_LEVELS), 0, label, 0, 0)
        self._enter_thread(number)
        self.state[s.THREADS] += 1
        if self.state[s.THREAD] < 0 and self.header.version == 11:
            self.state[s.THREAD], self.state[s.LABEL] = number, label
            self.state[s.BASE], self.state[s.CAPACITY] = self.threads[number]["base"], FIRST_LEVELS
        return ""

    def _enter_thread(self, number: int) -> None:
        mask = len(self.thread_slots) - 1
        slot = mixed(int(self.tids[number])) & mask
        while self.thread_slots[slot] >= 0:
            slot = (slot + 1) & mask
        self.thread_slots[slot] = number

    def _name_thread(self, name: str) -> None:
        """A thread says its name. The first name replaces the default; another is another thread."""
        thread = int(self.state[s.THREAD])
        if thread < 0 or not name:
            return
        label = int(self.threads[thread]["label"])
        if name == MAIN_NAME and not self.labels.main[label]:
            self.labels.withdraw(name, f"thread {self.header.main_thread:#x}")
        if self.labels.default[label]:
            self.labels.taken.discard(self.labels.names[label])
            self.labels.names[label] = self.labels.unique(name)
            self.labels.default[label] = False
        elif self.labels.names[label] != name:
            self.threads[thread]["label"] = self.labels.add(name, default=False, main=self.labels.main[label])
            self.state[s.LABEL] = self.threads[thread]["label"]

    def _grow_stack(self) -> str:
        """Move the current thread's stack to a region of twice its size at the end."""
        thread = int(self.state[s.THREAD])
        if thread < 0:
            return "a frame before any thread"
        base, old = int(self.threads[thread]["base"]), int(self.threads[thread]["capacity"])
        if 2 * old > DEEPEST_STACK:
            return f"a stack deeper than {DEEPEST_STACK} frames"
        place, capacity = self._stack_room(2 * old)
        self.stack[place : place + old] = self.stack[base : base + old]
        self.threads[thread]["base"], self.threads[thread]["capacity"] = place, capacity
        self.state[s.BASE], self.state[s.CAPACITY] = place, capacity
        return ""

    def _stack_room(self, levels: int) -> tuple[int, int]:
        """A region for so many levels at the end of the stack: where it begins, and its size."""
        while self.stack_used + levels > len(self.stack):
            self._grow("stack")
        self.stack_used += levels
        return self.stack_used - levels, levels

    def _read_asides(self, buffer: bytes) -> None:
        """Read the rare records that the loop only skipped."""
        self._count_asides(int(self.state[s.ASIDES]))
        for kind, start, frame in self.asides[: int(self.state[s.ASIDES])].tolist():
            if kind == CODE:
                self.codes.read(buffer, start + 1, frame)
            elif kind == SEGMENTS:
                self.segments.read(buffer, start + 1)
            elif kind == MAPS:
                self.segments.clear()
        self.state[s.ASIDES] = 0
        if self.codes.name_bytes + self.segments.name_bytes > self.limits.name_bytes:
            raise TooMuch(f"holds more than {self.limits.name_bytes} bytes of names and line tables")


#: The tables that a status asks to be doubled.
GROWS = {
    Status.GROW_ROWS: ("rows", "places", "native_places", "row_table"),
    Status.GROW_LEVELS: ("levels", "moved"),
    Status.GROW_NODES: ("nodes", "node_table"),
    Status.GROW_FRAMES: ("frames", "frame_table"),
    Status.GROW_LIVE: ("live",),
    Status.GROW_MAPPINGS: ("mappings", "spans"),
    Status.GROW_TIMELINE: ("timeline",),
    Status.GROW_NATIVE: ("natives",),
    Status.EVENTS_FULL: ("events",),
}
#: What nothing asks for once the stream is through: it is most of the memory that decoding takes.
ONLY_FOR_DECODING = (
    "row_table",
    "node_table",
    "frame_table",
    "live",
    "huge",
    "mappings",
    "spans",
    "levels",
    "moved",
    "operations",
    "events",
    "asides",
)
HASHED = ("row_table", "node_table", "frame_table", "live")
FAULTS = {
    Status.BAD_TOKEN: "no record starts with this byte",
    Status.BAD_VARINT: "a number of more than 64 bits",
    Status.BAD_ALLOCATOR: "an unknown allocator",
    Status.BAD_POP: "a return from a function that was not entered",
    Status.BAD_SIZE: "a block larger than any address space",
    Status.NO_THREAD: "an allocation before any thread",
    Status.TOO_MANY_HUGE: "too many blocks of more than 64 GiB",
}


def arena_size(header: Header) -> int:
    """Bytes of one pymalloc arena (Objects/obmalloc.c: 256 KiB before 3.10, then 1 MiB)."""
    return OLD_ARENA_BYTES if 0 < header.python_hexversion < 0x030A0000 else ARENA_BYTES


def aligned(count: int, dtype: np.dtype) -> np.ndarray:
    """Zeroed rows that start on a cache line (64 bytes)."""
    room = np.zeros(count * dtype.itemsize + 64, np.uint8)
    first = -room.ctypes.data % 64
    return room[first : first + count * dtype.itemsize].view(dtype)


def _doubled(array: np.ndarray) -> np.ndarray:
    if array.dtype == s.ROW:
        larger = aligned(2 * len(array), s.ROW)
    else:
        larger = np.zeros((2 * len(array), *array.shape[1:]), array.dtype)
    larger[: len(array)] = array
    return larger


def _rehashed(table: np.ndarray) -> np.ndarray:
    """The same entries in a table of twice the size.

    Entries keep their order, so the old table is given back to the system as it is worked off and
    both together never take more than the new one.
    """
    larger = hash_table(len(table))
    shift = U(shift_of(larger))
    if table.nbytes < LARGE_TABLE:
        refill(table, larger, shift)
        return larger
    step = len(table) // 16
    for start in range(0, len(table), step):
        refill(table[start : start + step], larger, shift)
        _release(table, start, step)
    return larger


def hash_table(slots: int) -> np.ndarray:
    """An empty table; a large one in memory of its own, a part of which can be given back."""
    size = 16 * slots
    if size < LARGE_TABLE:
        return np.zeros(2 * slots, np.uint64)
    if not hasattr(mmap, "MAP_PRIVATE"):
        return np.zeros(2 * slots, np.uint64)
    room = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        with suppress(OSError):  # a kernel without them
            room.madvise(mmap.MADV_HUGEPAGE)
    return np.frombuffer(room, np.uint64)


def _release(table: np.ndarray, start: int, count: int) -> None:
    if isinstance(table.base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        table.base.madvise(mmap.MADV_DONTNEED, 8 * start, 8 * count)
