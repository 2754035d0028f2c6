"""Format 1: what the recorder had added up by stack when it closed the file."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from forensics.compiled import compiled
from forensics.readers.memray_capture.decode import Fault, Labels
from forensics.readers.memray_capture.hashing import ONE, U
from forensics.readers.memray_capture.header import Header
from forensics.readers.memray_capture.kernel import BAD_TOKEN, BAD_VARINT, MORE, TRAILER
from forensics.readers.memray_capture.limits import LONGEST_RECORD, MOST_ASIDES, Limits, TooMuch
from forensics.readers.memray_capture.records import CodeObjects, Segments, text_at
from forensics.readers.memray_capture.state import FRAME
from forensics.readers.memray_capture.wire import (
    OVERRUN,
    SLACK,
    end_of_text,
    fixed64,
    skip_code,
    skip_segments,
    unzigzag,
    varint,
)

SNAPSHOT, ALLOCATION, TRACE, FRAME_INDEX, NATIVE_FRAME, MAPS, SEGMENTS = 1, 2, 3, 4, 5, 6, 7
THREAD, SWITCH, SURVIVOR, CODE, END = 10, 12, 13, 14, 15
#: tid, allocator, native frame, Python frame, generation, peak blocks, end blocks, peak bytes, end bytes.
ALLOCATION_BYTES, SNAPSHOT_BYTES = 72, 24
FULL, BAD_TRACE = 100, 101


@compiled
def decode_aggregated(
    buffer,
    limit,
    position,
    old,
    native,
    counts,
    carry,
    frames,
    traces,
    natives,
    snapshots,
    allocations,
    asides,
):
    """Work through a buffer; (status, position). ``counts`` are the rows filled of each table:
    frames, traces, natives, snapshots, allocations, asides."""
    while position < limit:
        start = position
        kind = np.int64(buffer[U(position)])
        position += 1
        if kind == ALLOCATION:
            position += ALLOCATION_BYTES
            if position > limit:
                return MORE, start
            row = counts[4]
            if row >= len(allocations):
                return FULL, start
            for i in range(9):
                allocations[row, i] = fixed64(buffer, start + 1 + 8 * i)
            allocations[row, 1] &= U(255)
            counts[4] += 1
        elif kind == TRACE:
            if old:
                # An 8-byte frame id and a 4-byte index.
                frame = fixed64(buffer, position)
                parent = fixed64(buffer, position + 8) & U(0xFFFFFFFF)
                position += 12
            else:
                frame, position = varint(buffer, position)
                parent, position = varint(buffer, position)
            if position > limit:
                return (BAD_VARINT if position >= OVERRUN else MORE), start
            if counts[1] >= len(traces):
                return FULL, start
            if parent > U(counts[1]) or frame >= U(1 << 62):
                return BAD_TRACE, start
            traces[counts[1], 0] = frame
            traces[counts[1], 1] = parent
            counts[1] += 1
        elif kind == FRAME_INDEX and not old:
            number, position = varint(buffer, position)
            code, position = varint(buffer, position)
            offset, position = varint(buffer, position)
            position += 1
            if position > limit:
                return (BAD_VARINT if position >= OVERRUN else MORE), start
            if counts[0] >= len(frames):
                return FULL, start
            if number != U(counts[0]):
                return BAD_TRACE, start
            frames[counts[0]].code = code
            frames[counts[0]].place = np.int64((unzigzag(offset) << ONE) | U(buffer[U(position - 1)] & 1))
            counts[0] += 1
        elif kind == NATIVE_FRAME:
            pointer, position = varint(buffer, position)
            outer, position = varint(buffer, position)
            if position > limit:
                return (BAD_VARINT if position >= OVERRUN else MORE), start
            if counts[2] >= len(natives):
                return FULL, start
            carry[0] += unzigzag(pointer)
            carry[1] += unzigzag(outer)
            natives[counts[2], 0] = carry[0]
            natives[counts[2], 1] = carry[1]
            counts[2] += 1
        elif kind == SNAPSHOT:
            position += SNAPSHOT_BYTES
            if position > limit:
                return MORE, start
            if counts[3] >= len(snapshots):
                return FULL, start
            for i in range(3):
                snapshots[counts[3], i] = np.int64(fixed64(buffer, start + 1 + 8 * i))
            counts[3] += 1
        elif kind == SURVIVOR and not old:
            _, position = varint(buffer, position)
            if native:
                _, position = varint(buffer, position)
            if position > limit:
                return (BAD_VARINT if position >= OVERRUN else MORE), start
        elif kind == END:
            return TRAILER, start
        elif (
            kind == CODE
            or kind == FRAME_INDEX
            or kind == SEGMENTS
            or kind == MAPS
            or kind == THREAD
            or kind == SWITCH
        ):
            if kind == CODE:
                if old:
                    return BAD_TOKEN, start
                position = skip_code(buffer, position, limit)
            elif kind == FRAME_INDEX:
                position = end_of_text(buffer, position + 8, limit)
                position = end_of_text(buffer, position, limit)
                position += 5
            elif kind == SEGMENTS:
                position = skip_segments(buffer, position, limit)
            elif kind == THREAD:
                position = end_of_text(buffer, position, limit)
            elif kind == SWITCH:
                position += 8
            if position > limit:
                return (BAD_VARINT if position >= OVERRUN else MORE), start
            if counts[5] >= len(asides):
                return FULL, start
            asides[counts[5], 0] = kind
            asides[counts[5], 1] = start
            counts[5] += 1
        else:
            return BAD_TOKEN, start
    return MORE, position


class AggregatedDecoder:
    """The tables of an aggregated capture. One use: make it, `run` it, read it."""

    def __init__(self, header: Header, *, limits: Limits | None = None) -> None:
        self.header = header
        self.limits = limits or Limits()
        self.asides_read = 0
        self.counts = np.zeros(6, np.int64)
        self.carry = np.zeros(2, np.uint64)
        self.frames = np.zeros(1 << 10, FRAME)
        self.traces = np.zeros((1 << 12, 2), np.uint64)
        self.natives = np.zeros((1 << 10, 2), np.uint64)
        self.snapshots = np.zeros((1 << 10, 3), np.int64)
        self.allocations = np.zeros((1 << 10, 9), np.uint64)
        self.asides = np.zeros((1 << 10, 2), np.int64)
        self.codes = CodeObjects(header)
        self.segments = Segments()
        self.labels = Labels()
        self.names: dict[int, str] = {}
        self._thread = 0
        self.closed = False
        self.fault: Fault | None = None

    def run(self, content: Iterable[bytes]) -> None:
        """Decode pieces that start right after the header, to the trailer, a fault or their end."""
        offset = self.header.size
        rest = b""
        for piece in content:
            buffer = rest + piece
            used = self._feed(buffer, offset)
            if self.closed or self.fault is not None:
                break
            offset += used
            rest = buffer[used:]
            if len(rest) > LONGEST_RECORD:
                self.fault = Fault(offset=offset, what=f"a record longer than {LONGEST_RECORD} bytes")
                break

    def _feed(self, buffer: bytes, offset: int) -> int:
        array = np.frombuffer(buffer + bytes(SLACK), np.uint8)
        position = 0
        while True:
            status, position = decode_aggregated(
                array, len(buffer), position, self.header.version == 11, self.header.native_traces,
                self.counts, self.carry, self.frames, self.traces, self.natives, self.snapshots,
                self.allocations, self.asides,
            )  # fmt: skip
            self._read_asides(buffer)
            if status == FULL:
                self._grow()
                continue
            self.closed = status == TRAILER
            if status in FAULTS:
                self.fault = Fault(offset=offset + position, what=FAULTS[status])
            return position

    def _grow(self) -> None:
        for number, name in enumerate(("frames", "traces", "natives", "snapshots", "allocations")):
            table = getattr(self, name)
            if self.counts[number] == len(table):
                if name == "traces":
                    self.limits.check_nodes(2 * len(table))
                held = [self.frames, self.traces, self.natives, self.snapshots, self.allocations]
                self.limits.check_tables(held, 2 * table.nbytes)
                larger = np.zeros((2 * len(table), *table.shape[1:]), table.dtype)
                larger[: len(table)] = table
                setattr(self, name, larger)

    def _read_asides(self, buffer: bytes) -> None:
        self.asides_read += int(self.counts[5])
        if self.asides_read > MOST_ASIDES:
            raise TooMuch(f"holds more than {MOST_ASIDES} names of threads, functions or loaded files")
        if self.codes.name_bytes + self.segments.name_bytes > self.limits.name_bytes:
            raise TooMuch(f"holds more than {self.limits.name_bytes} bytes of names and line tables")
        for kind, start in self.asides[: int(self.counts[5])].tolist():
            if kind == CODE:
                self.codes.read(buffer, start + 1, 0)
            elif kind == FRAME_INDEX:
                self.codes.read_resolved(buffer, start + 1)
            elif kind == SEGMENTS:
                self.segments.read(buffer, start + 1)
            elif kind == MAPS:
                self.segments.clear()
            elif kind == SWITCH:
                self._thread = int.from_bytes(buffer[start + 1 : start + 9], "little")
            elif kind == THREAD:
                self.names[self._thread] = text_at(buffer, start + 1)
        self.counts[5] = 0


FAULTS = {
    BAD_TOKEN: "no record starts with this byte",
    BAD_VARINT: "a number of more than 64 bits",
    BAD_TRACE: "a call path that refers to one not yet written",
}
