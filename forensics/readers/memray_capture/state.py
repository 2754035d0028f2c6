"""Names shared by the compiled loops and the code that drives them: statuses and slots of the state.

The state is one int64 array (and a uint64 view of it), so that a loop can stop anywhere, ask for
room or for a decision, and go on where it stopped.
"""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """Why the loop came back."""

    MORE = 0  #: the buffer is used up; POSITION is the first byte of an unfinished record
    TRAILER = 1  #: the recorder closed the stream here
    BAD_TOKEN = 2
    BAD_VARINT = 3
    BAD_ALLOCATOR = 4
    BAD_POP = 5
    NO_THREAD = 6
    STOPPED = 7  #: STOP_AFTER allocation records were seen
    NEW_THREAD = 8  #: ARGUMENT is a thread id seen for the first time
    THREAD_NAME = 9  #: ARGUMENT is where a thread name starts
    GROW_STACK = 10
    GROW_ROWS = 11
    GROW_NODES = 12
    GROW_FRAMES = 13
    GROW_LIVE = 14
    GROW_MAPPINGS = 15
    GROW_TIMELINE = 16
    GROW_NATIVE = 17
    ASIDES_FULL = 18
    EVENTS_FULL = 19
    TOO_MANY_HUGE = 20


#: Slots of the state.
POSITION = 0
ARGUMENT = 1
THREAD = 2
LABEL = 3
DEPTH = 4
BASE = 5
CAPACITY = 6
LAST_POINTER = 7
LAST_NATIVE = 8
LAST_FRAME = 9
RING_HEAD = 10
HEAP = 11
LOST = 12
PEAK = 13
STAMP = 14
RECORDS = 15
EVENTS = 16
PEAK_EVENTS = 17
ROWS = 18
NODES = 19
FRAMES = 20
LIVE = 21
HUGE = 22
MAPPINGS = 23
TIMELINE = 24
ASIDES = 25
NATIVES = 26
GENERATION = 27
UNKNOWN_FREES = 28
PEAK_INTERVAL = 29
OVERWRITTEN = 30
PEAK_HEAP = 31
OUT = 32
LAST_NATIVE_IP = 33
PEAK_THREAD = 34
NODE_SHIFT = 35
FRAME_SHIFT = 36
ROW_SHIFT = 37
LIVE_SHIFT = 38
# Settings, written once.
OLD = 40  #: header version 11
NATIVE = 41
ARENA = 42
EMIT = 43
STOP_AFTER = 44
SLOTS = 64
