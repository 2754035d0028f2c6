"""How near the decoding loop is to its floor: decompressing a capture and walking its records.

Everything in one process, warm, the best of five turns each, thread CPU seconds. ``walk`` knows
where each record ends and keeps the hash of the call path, and does nothing with what it reads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.memray_captures import recorded
from forensics.compiled import compiled
from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture import wire
from forensics.readers.memray_capture.decode import Decoder
from forensics.readers.memray_capture.hashing import GOLDEN, MIX_A, MIX_B, ONE, ZERO, U
from forensics.readers.memray_capture.limits import limits_for
from forensics.readers.memray_capture.loading import Opened
from forensics.readers.memray_capture.stream import Ending, pieces
from forensics.readers.memray_capture.wire import (
    ALLOCATION,
    CODE,
    END,
    FREE,
    MEMORY,
    NATIVE_FRAME,
    OBJECT,
    POP,
    PUSH,
    PYMALLOC_FREE,
    SEGMENTS,
    SWITCH,
    THREAD,
    end_of_text,
    kind_of_new,
    skip_code,
    skip_segments,
    varint,
)
from forensics.readers.source import Source

TITLE = "The decoding loop and its floor"
CAPTURES = (("wide", 10), ("python", 10))
TURNS = 5


@compiled
def walk(buffer, limit, stack, records):
    """Step over every record; how far, with counts of allocation records and of all in ``records``."""
    position, depth = 0, 0
    top = ZERO
    while position < limit:
        token = np.int64(buffer[U(position)])
        position += 1
        kind = kind_of_new(token)
        records[1] += 1
        if kind == ALLOCATION:
            if (token >> 3) & 15 == 15:
                _, position = varint(buffer, position)
            allocator = token & 7
            if allocator == 0:
                allocator = np.int64(buffer[U(position)])
                position += 1
            if allocator != FREE and allocator != PYMALLOC_FREE:
                size, position = varint(buffer, position)
                records[2] ^= np.int64(((top ^ (U(allocator) * MIX_A)) * GOLDEN) ^ size)
            records[0] += 1
        elif kind == PUSH:
            code, position = varint(buffer, position)
            offset, position = varint(buffer, position)
            top = ((top ^ (code * MIX_B + offset)) + GOLDEN) * MIX_A
            top = (top ^ (top >> U(29))) | ONE
            stack[U(depth)] = top
            depth += 1
        elif kind == POP:
            depth -= (token & 15) + 1
            top = ZERO if depth == 0 else stack[U(depth - 1)]
        elif kind == MEMORY or kind == NATIVE_FRAME:
            _, position = varint(buffer, position)
            _, position = varint(buffer, position)
        elif kind == OBJECT:
            if (token >> 1) & 15 == 15:
                _, position = varint(buffer, position)
        elif kind == SWITCH:
            position += 8
        elif kind == CODE:
            position = skip_code(buffer, position, limit)
        elif kind == THREAD:
            position = end_of_text(buffer, position, limit)
        elif kind == SEGMENTS:
            position = skip_segments(buffer, position, limit)
        elif kind == END:
            break
    return position


def best(action: Callable[[], object]) -> float:
    """Thread CPU seconds of the fastest turn."""
    seconds = []
    for _ in range(TURNS):
        started = time.thread_time()
        action()
        seconds.append(time.thread_time() - started)
    return min(seconds)


def run() -> Iterator[str]:
    """A Markdown table: nanoseconds an allocation record of each part."""
    yield "| capture | allocations, frees | all records | LZ4 ns | walk ns | loop ns | loop + LZ4 × floor |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for shape, millions in CAPTURES:
        yield row(shape, millions)


def row(shape: str, millions: int) -> str:
    source = Source(recorded(shape, millions))
    opened = Opened(source)
    content = list(opened.content())
    joined = np.frombuffer(b"".join(content) + bytes(wire.SLACK), np.uint8)
    limit = len(joined) - wire.SLACK
    stack = np.zeros(1 << 20, np.uint64)
    records = np.zeros(3, np.int64)
    walk(joined, limit, stack, records)
    count, total = int(records[0]), int(records[1])

    def loop() -> None:
        decoder = Decoder(opened.header, limits=limits_for(source))
        decoder.run(content)
        assert int(decoder.state[s.SETTLED]) == count

    lz4 = best(lambda: [None for _ in pieces(source, Ending())])
    walking = best(lambda: walk(joined, limit, stack, records))
    looping = best(loop)
    each = [f"{seconds / count * 1e9:.0f}" for seconds in (lz4, walking, looping)]
    ratio = (lz4 + looping) / (lz4 + walking)
    return f"| {shape} {millions} M | {count:,} | {total:,} | {' | '.join(each)} | {ratio:.1f} |"
