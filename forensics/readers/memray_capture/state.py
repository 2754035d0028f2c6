"""Names shared by the compiled loop and the code that drives it: statuses, slots, row layouts.

The state is one int64 array (and a uint64 view of it), so that the loop can stop anywhere, ask for
room or for a decision, and go on where it stopped.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Status(IntEnum):
    """Why the loop came back."""

    MORE = 0  #: the buffer is used up; POSITION is the first byte of an unfinished record
    TRAILER = 1  #: the recorder closed the stream here
    BAD_TOKEN = 2
    BAD_VARINT = 3
    BAD_ALLOCATOR = 4
    BAD_POP = 5
    BAD_SIZE = 6
    NO_THREAD = 7
    STOPPED = 8  #: STOP_AFTER allocation records were seen
    NEW_THREAD = 9  #: ARGUMENT is a thread id seen for the first time
    THREAD_NAME = 10  #: ARGUMENT is where a thread name starts
    ASIDES_FULL = 11
    EVENTS_FULL = 12
    GROW_STACK = 13
    GROW_ROWS = 14
    GROW_NODES = 15
    GROW_FRAMES = 16
    GROW_LIVE = 17
    GROW_MAPPINGS = 18
    GROW_TIMELINE = 19
    GROW_NATIVE = 20
    TOO_MANY_HUGE = 21
    GROW_LEVELS = 22


#: Slots of the state. First what the loop carries from one call to the next,
(
    POSITION, ARGUMENT, THREAD, THREADS, LABEL, DEPTH, BASE, CAPACITY, LAST_POINTER, LAST_NATIVE,
    LAST_NATIVE_IP, LAST_FRAME, RING_HEAD, DECODED, GENERATION,
    # then what it has summed up,
    HEAP, LOST, PEAK, PEAK_HEAP, PEAK_EVENTS, PEAK_INTERVAL, STAMP,
    SETTLED, SETTLED_AT_MEMORY, EVENTS, UNKNOWN_FREES, OVERWRITTEN,
    # how many rows of each table are filled,
    ROWS, NODES, FRAMES, LIVE, HUGE, MAPPINGS, TIMELINE, ASIDES, NATIVES, LEVELS, OPERATIONS, RESOLVED,
    OPERATION, OUT,
    # how each hash table is addressed,
    NODE_SHIFT, FRAME_SHIFT, ROW_SHIFT, LIVE_SHIFT,
    # and what was asked for: header version 11, native frames, bytes of an arena, …
    OLD, NATIVE, ARENA, EMIT, STOP_AFTER,
    SLOTS,
) = range(51)  # fmt: skip

#: A frame as it was pushed, under the number of the level outside it (-1 for none); node is -1 until
#: something was allocated there. A popped level stays until no pending operation can refer to it.
LEVEL = np.dtype([("hash", "u8"), ("code", "u8"), ("place", "i8"), ("outer", "i4"), ("node", "i4")])
#: A call path: its outer path and the frame it ends in.
NODE = np.dtype([("parent", "i4"), ("frame", "i4")])
#: Code object id, and twice the instruction offset plus the entry flag.
FRAME = np.dtype([("code", "u8"), ("place", "i8")])
#: What a row (call path, thread, allocator) is, and what it held: one cache line.
PLACE = np.dtype([("node", "i4"), ("label", "i4"), ("kind", "i4")])
NATIVE_PLACE = np.dtype([("native", "u8"), ("generation", "i8")])
ROW = np.dtype(
    [
        ("bytes", "i8"),
        ("peak_bytes", "i8"),
        ("stamp", "i8"),
        ("total_bytes", "i8"),
        ("total_blocks", "i8"),
        ("temporary_bytes", "i8"),
        ("temporary_blocks", "i8"),
        ("blocks", "i4"),
        ("peak_blocks", "i4"),
    ]
)
#: ``newest`` and ``before``: addresses plus one of the thread's latest two allocations.
THREAD_STATE = np.dtype(
    [("base", "i8"), ("capacity", "i8"), ("depth", "i8"), ("label", "i8"), ("newest", "u8"), ("before", "u8")]
)
MAPPING = np.dtype([("start", "u8"), ("end", "u8"), ("row", "i8")])
#: An allocation record that was decoded but has not taken effect. ``key`` tells its row, ``level`` is
#: the innermost of its call path (-1 for none).
OPERATION_ROW = np.dtype(
    [
        ("address", "u8"),
        ("size", "u8"),
        ("key", "u8"),
        ("native", "u8"),
        ("level", "i4"),
        ("label", "i4"),
        ("row", "i4"),
        ("action", "u1"),
        ("temporary", "u1"),
        ("kind", "u1"),
    ],
    align=True,
)
FREEING, TAKING, MAPPING_IN, MAPPING_OUT = range(4)
EVENT = np.dtype(
    [
        ("bytes", "i8"),
        ("stamp", "i8"),
        ("row", "i4"),
        ("interval", "i4"),
        ("blocks", "i1"),
        ("temporary", "u1"),
    ],
    align=True,
)
#: Pseudo-allocator of mappings that hold pymalloc's arenas.
ARENA_KIND = 16
