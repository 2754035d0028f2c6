"""The encoding of records: numbers, texts and which kind a first byte announces. Compiled.

Reading may go up to `SLACK` bytes past the limit of a buffer; a record counts only where its end
lies within the limit. No loop here runs past the limit.
Source: record_writer.cpp of memray 1.18.0 (header version 11) and 1.20.0 (12 and 13).
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled, inlined
from forensics.readers.memray_capture.hashing import ONE, ZERO, U
from forensics.readers.memray_capture.intrinsics import eight_bytes, trailing_zeros

#: Kinds of records as the loops see them, whatever the version writes.
ALLOCATION, PUSH, POP, OBJECT, MEMORY, NATIVE_FRAME, MAPS, SEGMENTS, THREAD, SWITCH, CODE, END, NONE = range(
    13
)
#: Bytes after the limit that may be read: more than the longest record without a text.
SLACK = 64
#: A position that no buffer reaches: a number ran over 64 bits.
OVERRUN = 1 << 60
SEVEN, LOW7 = U(7), U(0x7F)
HIGH_BITS = U(0x8080808080808080)

PYMALLOC_FREE, FREE, MMAP, MUNMAP = 1, 5, 14, 15
#: Allocator numbers of header version 11 as those of the later ones.
OLD_ALLOCATORS = np.array([0, 6, 5, 8, 7, 9, 10, 11, 12, 13, 14, 15, 2, 3, 4, 1], np.int64)


@inlined
def varint(buffer, position):
    """(value, position after it); the position is OVERRUN where it takes more than 64 bits.

    Lengths are hard to predict, so one of up to eight bytes is taken from one load: the high bit of
    each byte says whether another follows, and three shifts close the gaps that they leave.
    """
    if position >= OVERRUN:
        return ZERO, position
    word = eight_bytes(buffer, U(position))
    if word & U(0x80) == ZERO:
        return word & LOW7, position + 1
    if word & U(0x8000) == ZERO:
        return (word & LOW7) | ((word >> ONE) & U(0x3F80)), position + 2
    ends = ~word & HIGH_BITS
    if ends == ZERO:
        return long_varint(buffer, position)
    length = (trailing_zeros(ends) + ONE) >> U(3)
    word &= (ends ^ (ends - ONE)) & ~HIGH_BITS
    word = (word & U(0x007F007F007F007F)) | ((word & U(0x7F007F007F007F00)) >> ONE)
    word = (word & U(0x00003FFF00003FFF)) | ((word & U(0x3FFF00003FFF0000)) >> U(2))
    word = (word & U(0x000000000FFFFFFF)) | ((word & U(0x0FFFFFFF00000000)) >> U(4))
    return word, position + np.int64(length)


@compiled
def long_varint(buffer, position):
    """As `varint`, byte by byte."""
    byte = U(buffer[U(position)])
    position += 1
    value = byte & LOW7
    shift = SEVEN
    while byte > LOW7:
        if shift > U(63):
            return ZERO, OVERRUN
        byte = U(buffer[U(position)])
        position += 1
        value |= (byte & LOW7) << shift
        shift += SEVEN
    return value, position


@compiled
def unzigzag(value):
    """A signed number as two's complement in 64 bits."""
    return (value >> ONE) ^ (ZERO - (value & ONE))


@compiled
def fixed64(buffer, position):
    """Eight bytes, least significant first."""
    return eight_bytes(buffer, U(position))


@compiled
def end_of_text(buffer, position, limit):
    """The position after the next NUL byte, or past ``limit`` where there is none."""
    if position > limit:
        return position
    while position < limit and buffer[U(position)] != 0:
        position += 1
    return position + 1


@compiled
def kind_of_new(token):
    """The kind of a record of header versions 12 and 13 from its first byte."""
    if token >= 128:
        return ALLOCATION
    if token >= 64:
        return PUSH
    if token >= 32:
        return OBJECT
    if token >= 16:
        return POP
    if token == 2:
        return MEMORY
    if token == 12:
        return SWITCH
    if token == 14:
        return CODE
    if token == 5:
        return NATIVE_FRAME
    if token == 6:
        return MAPS
    if token == 7:
        return SEGMENTS
    if token == 10:
        return THREAD
    return END if token == 1 else NONE


@compiled
def kind_of_old(token):
    """The kind of a record of header version 11: low four bits type, high four bits flags."""
    kind = token & 15
    if kind == 1 or kind == 2:
        return ALLOCATION
    if kind == 4:
        return PUSH
    if kind == 9:
        return POP
    if kind == 11:
        return MEMORY
    if kind == 12:
        return SWITCH
    if kind == 3:
        return CODE
    if kind == 5:
        return NATIVE_FRAME
    if kind == 6:
        return MAPS
    if kind == 7:
        return SEGMENTS
    if kind == 10:
        return THREAD
    return END if token == 16 else NONE


@compiled
def skip_segments(buffer, position, limit):
    """The position after a segment header and its segments; past ``limit`` if unfinished."""
    position = end_of_text(buffer, position, limit)
    if position > limit:
        return position
    count, position = varint(buffer, position)
    position += 8
    while count > ZERO and position <= limit:
        if position < limit and buffer[U(position)] != 8:
            return OVERRUN
        _, position = varint(buffer, position + 9)
        count -= ONE
    return position


@compiled
def skip_code(buffer, position, limit):
    """The position after a code object record; past ``limit`` if unfinished."""
    _, position = varint(buffer, position)
    position = end_of_text(buffer, position, limit)
    position = end_of_text(buffer, position, limit)
    if position > limit:
        return position
    _, position = varint(buffer, position)
    length, position = varint(buffer, position)
    if length >= U(OVERRUN):
        return OVERRUN
    return position + np.int64(length)


@compiled
def skip_frame(buffer, position, limit):
    """(frame id delta, position after it) of a finished frame of header version 11."""
    delta, position = varint(buffer, position)
    position = end_of_text(buffer, position, limit)
    position = end_of_text(buffer, position, limit)
    if position <= limit:
        _, position = varint(buffer, position)
    return delta, position
