"""The compiled loop over the records of a capture that keeps every allocation (format 0).

One call eats as much of a buffer as it can and says why it came back (`Status`). Whatever needs
room or a decision is asked for *before* a record takes effect; the call then starts over at that
record. So arrays are fixed arguments, which is what makes the loop fast: a new array assigned
inside it would be reference-counted on every pass.

How a callsite is found: pushes keep a hash of the whole path, one multiplication each; the row of
(path, thread, allocator) is looked up only when something is allocated, first in a cache of the
latest 65,536. Two paths of one 64-bit hash would be one callsite; among ten million paths the
chance of that is three in a million.

Which state is *the peak*: that after the last record at which the sum of sizes is not below any
before, as memray's own reader has it. Rows are not copied when it moves; each row keeps what it
held when it first changed after the latest peak, told by a stamp.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.hashing import (
    GOLDEN,
    MIX_A,
    MIX_B,
    ONE,
    SIZE_BITS,
    SIZE_MASK,
    ZERO,
    U,
    find_index,
    find_live,
    mix,
    remove_live,
)

MORE = int(s.Status.MORE)
TRAILER = int(s.Status.TRAILER)
BAD_TOKEN = int(s.Status.BAD_TOKEN)
BAD_VARINT = int(s.Status.BAD_VARINT)
BAD_ALLOCATOR = int(s.Status.BAD_ALLOCATOR)
BAD_POP = int(s.Status.BAD_POP)
NO_THREAD = int(s.Status.NO_THREAD)
STOPPED = int(s.Status.STOPPED)
NEW_THREAD = int(s.Status.NEW_THREAD)
THREAD_NAME = int(s.Status.THREAD_NAME)
GROW_STACK = int(s.Status.GROW_STACK)
GROW_ROWS = int(s.Status.GROW_ROWS)
GROW_NODES = int(s.Status.GROW_NODES)
GROW_FRAMES = int(s.Status.GROW_FRAMES)
GROW_LIVE = int(s.Status.GROW_LIVE)
GROW_MAPPINGS = int(s.Status.GROW_MAPPINGS)
GROW_TIMELINE = int(s.Status.GROW_TIMELINE)
GROW_NATIVE = int(s.Status.GROW_NATIVE)
ASIDES_FULL = int(s.Status.ASIDES_FULL)
EVENTS_FULL = int(s.Status.EVENTS_FULL)
TOO_MANY_HUGE = int(s.Status.TOO_MANY_HUGE)

#: Kinds of records as the loop sees them, whatever the version writes.
ALLOCATION, PUSH, POP, OBJECT, MEMORY, NATIVE_FRAME, MAPS, SEGMENTS, THREAD, SWITCH, CODE, END, NONE = range(
    13
)
#: Bytes after the end of a buffer that may be read (never believed): more than the longest fixed record.
SLACK = 64
#: A position that no buffer reaches: a varint ran over.
OVERRUN = 1 << 60
PYMALLOC_FREE, FREE, MMAP, MUNMAP = 1, 5, 14, 15
#: Allocator numbers of header version 11 as those of the later ones.
OLD_ALLOCATORS = np.array([0, 6, 5, 8, 7, 9, 10, 11, 12, 13, 14, 15, 2, 3, 4, 1], np.int64)
#: Pseudo-allocator of mappings that hold pymalloc's arenas.
ARENA_KIND = 16
#: Bits of the cache of latest rows.
CACHE_BITS = U(16)
SEVEN, LOW7 = U(7), U(0x7F)


@njit(cache=True, nogil=True)
def varint(buffer, position):
    """(value, position after it); the position is OVERRUN where it takes more than 64 bits."""
    if position >= OVERRUN:
        return ZERO, position
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


@njit(cache=True, nogil=True)
def unzigzag(value):
    """A signed number as two's complement in 64 bits."""
    return (value >> ONE) ^ (ZERO - (value & ONE))


@njit(cache=True, nogil=True)
def fixed64(buffer, position):
    """Eight bytes, least significant first."""
    value = ZERO
    for i in range(8):
        value |= U(buffer[U(position + i)]) << U(8 * i)
    return value


@njit(cache=True, nogil=True)
def end_of_text(buffer, position, limit):
    """The position after the next NUL byte, or past ``limit`` where there is none."""
    if position > limit:
        return position
    while position < limit and buffer[U(position)] != 0:
        position += 1
    return position + 1


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def skip_code(buffer, position, limit):
    """The position after a code object record; past ``limit`` if unfinished."""
    _, position = varint(buffer, position)
    position = end_of_text(buffer, position, limit)
    if position <= limit:
        position = end_of_text(buffer, position, limit)
    if position > limit:
        return position
    _, position = varint(buffer, position)
    if position > limit:
        return position
    length, position = varint(buffer, position)
    if length >= U(OVERRUN):
        return OVERRUN
    return position + np.int64(length)


@njit(cache=True, nogil=True)
def find_node(st, us, depth, base, stack, nodes, node_slots, frames, frame_slots):
    """The node of the current path, made where it is new; below -1 is minus a Status to grow.

    Walks down to the innermost level that is known already, then up again making nodes.
    """
    node_shift = us[s.NODE_SHIFT]
    level = depth - 1
    while level >= 0:
        entry = U(base + level)
        if stack[entry].node >= 0:
            break
        found = find_index(node_slots, node_shift, nodes.hash, stack[entry].hash)
        if found >= 0:
            stack[entry].node = found
            break
        level -= 1
    parent = np.int64(-1)
    if level >= 0:
        parent = np.int64(stack[U(base + level)].node)
    frame_shift = us[s.FRAME_SHIFT]
    for above in range(level + 1, depth):
        if st[s.NODES] >= len(nodes):
            return -GROW_NODES
        if st[s.FRAMES] >= len(frames):
            return -GROW_FRAMES
        entry = U(base + above)
        frame_hash = mix(stack[entry].code * GOLDEN + U(stack[entry].place))
        frame = find_index(frame_slots, frame_shift, frames.hash, frame_hash)
        if frame < 0:
            frame_slots[-1 - frame] = st[s.FRAMES]
            frame = st[s.FRAMES]
            frames[frame].hash = frame_hash
            frames[frame].code = stack[entry].code
            frames[frame].place = stack[entry].place
            st[s.FRAMES] += 1
        node = st[s.NODES]
        slot = find_index(node_slots, node_shift, nodes.hash, stack[entry].hash)
        node_slots[-1 - slot] = node
        nodes[node].hash = stack[entry].hash
        nodes[node].parent = parent
        nodes[node].frame = frame
        st[s.NODES] += 1
        stack[entry].node = node
        parent = node
    return parent


@njit(cache=True, nogil=True)
def find_row(
    st,
    us,
    row_key,
    kind,
    depth,
    base,
    stack,
    nodes,
    node_slots,
    frames,
    frame_slots,
    rows,
    places,
    row_slots,
    native,
):
    """The row of this key, made where it is new; below zero is minus a Status."""
    shift = us[s.ROW_SHIFT]
    row = find_index(row_slots, shift, places.key, row_key)
    if row >= 0:
        return row
    if st[s.ROWS] >= len(rows):
        return -GROW_ROWS
    node = find_node(st, us, depth, base, stack, nodes, node_slots, frames, frame_slots)
    if node < -1:
        return node
    row_slots[-1 - row] = st[s.ROWS]
    row = st[s.ROWS]
    places[row].key = row_key
    places[row].node = node
    places[row].label = st[s.LABEL]
    places[row].kind = kind
    places[row].native = native
    places[row].generation = st[s.GENERATION]
    rows[row].stamp = 0
    st[s.ROWS] += 1
    return row


@njit(cache=True, nogil=True)
def change_row(rows, row, stamp, size, blocks):
    """Add to what a row holds, first keeping what it held at the latest peak."""
    r = U(row)
    if rows[r].stamp != stamp:
        rows[r].stamp = stamp
        rows[r].peak_bytes = rows[r].bytes
        rows[r].peak_blocks = rows[r].blocks
    rows[r].bytes += size
    rows[r].blocks += blocks


@njit(cache=True, nogil=True)
def huge_size(huge, count, key):
    """The size of a block too large for a live slot."""
    for i in range(count):
        if huge[2 * i] == key:
            return huge[2 * i + 1]
    return ZERO


@njit(cache=True, nogil=True)
def drop_huge(huge, count, key):
    """Forget a block too large for a live slot; the new count."""
    for i in range(count):
        if huge[2 * i] == key:
            huge[2 * i] = huge[2 * count - 2]
            huge[2 * i + 1] = huge[2 * count - 1]
            return count - 1
    return count


@njit(cache=True, nogil=True)
def count_overlaps(mappings, count, start, end):
    """How many live mappings a range touches."""
    touched = 0
    for i in range(count):
        if mappings[i].start < end and mappings[i].end > start:
            touched += 1
    return touched


@njit(cache=True, nogil=True)
def decode(
    buffer,
    limit,
    st,
    us,
    ring,
    cache_keys,
    cache_rows,
    tids,
    threads,
    thread_slots,
    stack,
    nodes,
    node_slots,
    frames,
    frame_slots,
    rows,
    places,
    row_slots,
    live,
    huge,
    mappings,
    timeline,
    natives,
    asides,
    events,
):
    """Work through ``buffer`` up to ``limit``; the reason for coming back, a `Status`.

    ``buffer`` has SLACK readable bytes after ``limit``. On every return the state says where to go
    on; a record that is not finished before ``limit`` has had no effect.
    """
    position = st[s.POSITION]
    start = position
    status = MORE
    old = st[s.OLD] != 0
    with_native = st[s.NATIVE] != 0
    arena = U(st[s.ARENA])
    emit = st[s.EMIT] != 0
    stop_after = st[s.STOP_AFTER]
    thread = st[s.THREAD]
    label = st[s.LABEL]
    depth = st[s.DEPTH]
    base = st[s.BASE]
    capacity = st[s.CAPACITY]
    pointer = us[s.LAST_POINTER]
    last_native = us[s.LAST_NATIVE]
    last_frame = us[s.LAST_FRAME]
    head = us[s.RING_HEAD]
    heap = st[s.HEAP]
    lost = st[s.LOST]
    peak = st[s.PEAK]
    stamp = st[s.STAMP]
    records = st[s.RECORDS]
    count_events = st[s.EVENTS]
    out = st[s.OUT]
    out_room = len(events)
    live_count = st[s.LIVE]
    live_room = (len(live) >> 1) - (len(live) >> 3)
    live_shift = us[s.LIVE_SHIFT]
    newest = ZERO
    before = ZERO
    top = ZERO
    if thread >= 0:
        newest = threads[thread].newest
        before = threads[thread].before
        if depth > 0:
            top = stack[U(base + depth - 1)].hash
    cache_shift = U(64) - CACHE_BITS
    while position < limit:
        start = position
        token = np.int64(buffer[U(position)])
        position += 1
        kind = kind_of_old(token) if old else kind_of_new(token)

        if kind == ALLOCATION:
            native = ZERO
            size = ZERO
            missed = False
            native_seen = last_native
            if old:
                allocator = np.int64(OLD_ALLOCATORS[U(token >> 4)])
                delta, position = varint(buffer, position)
                address = pointer + unzigzag(delta)
                if (token & 15) == 2:
                    size, position = varint(buffer, position)
                    delta, position = varint(buffer, position)
                    native_seen = last_native + unzigzag(delta)
                    native = native_seen
                elif allocator != FREE and allocator != PYMALLOC_FREE:
                    size, position = varint(buffer, position)
            else:
                recent = U((token >> 3) & 15)
                missed = recent == U(15)
                if missed:
                    delta, position = varint(buffer, position)
                    address = pointer + unzigzag(delta)
                else:
                    address = ring[(head + recent) & U(15)]
                allocator = token & 7
                if allocator == 0:
                    allocator = np.int64(buffer[U(min(position, limit))])
                    position += 1
                if allocator != FREE and allocator != PYMALLOC_FREE:
                    if with_native:
                        delta, position = varint(buffer, position)
                        native_seen = last_native + unzigzag(delta)
                        native = native_seen
                    size, position = varint(buffer, position)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if allocator < 1 or allocator > MUNMAP:
                status = BAD_ALLOCATOR
                break
            if records >= stop_after:
                status = STOPPED
                break
            new_pointer = address if (old or missed) else pointer
            if missed:
                address = address << U(3)
            if emit and out + 2 > out_room:
                status = EVENTS_FULL
                break

            if allocator == FREE or allocator == PYMALLOC_FREE:
                key = address + ONE
                slot = find_live(live, live_shift, key)
                if live[slot << ONE] == key and key != ZERO:
                    word = live[(slot << ONE) + ONE]
                    row = np.int64(word >> SIZE_BITS)
                    size = word & SIZE_MASK
                    if size == SIZE_MASK:
                        size = huge_size(huge, st[s.HUGE], key)
                        st[s.HUGE] = drop_huge(huge, st[s.HUGE], key)
                    remove_live(live, live_shift, slot)
                    live_count -= 1
                    change_row(rows, row, stamp, -np.int64(size), -1)
                    heap -= np.int64(size)
                    if key == newest or key == before:
                        rows[U(row)].temporary_bytes += np.int64(size)
                        rows[U(row)].temporary_blocks += 1
                    if emit:
                        events[out].row = row
                        events[out].bytes = -np.int64(size)
                        events[out].blocks = -1
                        events[out].interval = st[s.TIMELINE] - 1
                        out += 1
                    count_events += 1
                else:
                    st[s.UNKNOWN_FREES] += 1
            elif allocator == MUNMAP:
                end = address + size
                if end < address:
                    end = ~ZERO
                touched = count_overlaps(mappings, st[s.MAPPINGS], address, end)
                if st[s.MAPPINGS] + touched > len(mappings):
                    status = GROW_MAPPINGS
                    break
                if emit and out + touched > out_room:
                    status = EVENTS_FULL
                    break
                if touched == 0:
                    st[s.UNKNOWN_FREES] += 1
                i = 0
                while touched > 0:
                    first = mappings[i].start
                    last = mappings[i].end
                    if first < end and last > address:
                        touched -= 1
                        row = np.int64(mappings[i].row)
                        cut_from = max(first, address)
                        cut_to = min(last, end)
                        freed = np.int64(cut_to - cut_from)
                        change = 0
                        if cut_from == first and cut_to == last:
                            change = -1
                            st[s.MAPPINGS] -= 1
                            mappings[i] = mappings[st[s.MAPPINGS]]
                            i -= 1
                            whole = first == address and last == end
                            if whole and (address + ONE == newest or address + ONE == before):
                                rows[U(row)].temporary_bytes += freed
                                rows[U(row)].temporary_blocks += 1
                        elif cut_from == first:
                            mappings[i].start = cut_to
                        elif cut_to == last:
                            mappings[i].end = cut_from
                        else:
                            change = 1
                            mappings[i].end = cut_from
                            added = st[s.MAPPINGS]
                            mappings[added].start = cut_to
                            mappings[added].end = last
                            mappings[added].row = row
                            st[s.MAPPINGS] += 1
                        change_row(rows, row, stamp, -freed, change)
                        heap -= freed
                        if emit:
                            events[out].row = row
                            events[out].bytes = -freed
                            events[out].blocks = change
                            events[out].interval = st[s.TIMELINE] - 1
                            out += 1
                        count_events += 1
                    i += 1
            else:
                if thread < 0:
                    status = NO_THREAD
                    break
                sort = allocator
                if allocator == MMAP and size == arena:
                    sort = ARENA_KIND
                row_key = (top ^ (U(label * 32 + sort + 1) * MIX_A)) * GOLDEN
                if with_native:
                    row_key = mix(row_key + native * MIX_B + U(st[s.GENERATION]))
                cached = row_key >> cache_shift
                if cache_keys[cached] == row_key:
                    row = np.int64(cache_rows[cached])
                else:
                    row = find_row(
                        st,
                        us,
                        row_key,
                        sort,
                        depth,
                        base,
                        stack,
                        nodes,
                        node_slots,
                        frames,
                        frame_slots,
                        rows,
                        places,
                        row_slots,
                        np.int64(native),
                    )
                    if row < 0:
                        status = -row
                        break
                    cache_keys[cached] = row_key
                    cache_rows[cached] = row
                if allocator == MMAP:
                    if st[s.MAPPINGS] + 1 > len(mappings):
                        status = GROW_MAPPINGS
                        break
                    if size > ZERO:
                        added = st[s.MAPPINGS]
                        mappings[added].start = address
                        end = address + size
                        mappings[added].end = end if end >= address else ~ZERO
                        mappings[added].row = row
                        st[s.MAPPINGS] += 1
                else:
                    if live_count >= live_room:
                        status = GROW_LIVE
                        break
                    stored = size
                    if size >= SIZE_MASK:
                        if st[s.HUGE] * 2 >= len(huge):
                            status = TOO_MANY_HUGE
                            break
                        stored = SIZE_MASK
                    key = address + ONE
                    if key == ZERO:
                        key = ONE
                    slot = find_live(live, live_shift, key)
                    if live[slot << ONE] == key:
                        word = live[(slot << ONE) + ONE]
                        gone = np.int64(word >> SIZE_BITS)
                        gone_size = word & SIZE_MASK
                        if gone_size == SIZE_MASK:
                            gone_size = huge_size(huge, st[s.HUGE], key)
                            st[s.HUGE] = drop_huge(huge, st[s.HUGE], key)
                        change_row(rows, gone, stamp, -np.int64(gone_size), -1)
                        heap -= np.int64(gone_size)
                        lost += np.int64(gone_size)
                        st[s.OVERWRITTEN] += 1
                        if emit:
                            events[out].row = gone
                            events[out].bytes = -np.int64(gone_size)
                            events[out].blocks = -1
                            events[out].interval = st[s.TIMELINE] - 1
                            out += 1
                        count_events += 1
                    else:
                        live_count += 1
                        live[slot << ONE] = key
                    live[(slot << ONE) + ONE] = (U(row) << SIZE_BITS) | stored
                    if stored == SIZE_MASK:
                        huge[2 * st[s.HUGE]] = key
                        huge[2 * st[s.HUGE] + 1] = size
                        st[s.HUGE] += 1
                amount = np.int64(size)
                change_row(rows, row, stamp, amount, 1)
                rows[U(row)].total_bytes += amount
                rows[U(row)].total_blocks += 1
                heap += amount
                before = newest
                newest = address + ONE
                if emit:
                    events[out].row = row
                    events[out].bytes = amount
                    events[out].blocks = 1
                    events[out].interval = st[s.TIMELINE] - 1
                    out += 1
                count_events += 1
            records += 1
            pointer = new_pointer
            last_native = native_seen
            if missed:
                head = (head - ONE) & U(15)
                ring[head] = address
            if heap + lost >= peak:
                peak = heap + lost
                stamp = records
                st[s.PEAK_EVENTS] = count_events
                st[s.PEAK_INTERVAL] = st[s.TIMELINE] - 1
                st[s.PEAK_HEAP] = heap
                st[s.PEAK_THREAD] = thread

        elif kind == PUSH:
            if old:
                delta, position = varint(buffer, position)
                code = last_frame + unzigzag(delta)
                place = np.int64(0)
            else:
                code, position = varint(buffer, position)
                delta, position = varint(buffer, position)
                place = np.int64((unzigzag(delta) << ONE) | U(token & 1))
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if depth >= capacity:
                status = GROW_STACK
                break
            if old:
                last_frame = code
            top = ((top ^ (code * MIX_B + U(place))) + GOLDEN) * MIX_A
            top ^= top >> U(29)
            entry = U(base + depth)
            stack[entry].hash = top
            stack[entry].code = code
            stack[entry].place = place
            stack[entry].node = -1
            depth += 1

        elif kind == POP:
            depth -= (token >> 4 if old else token & 15) + 1
            if depth < 0:
                depth += (token >> 4 if old else token & 15) + 1
                status = BAD_POP
                break
            top = ZERO
            if depth > 0:
                top = stack[U(base + depth - 1)].hash

        elif kind == SWITCH:
            position += 8
            if position > limit:
                break
            tid = fixed64(buffer, start + 1)
            found = np.int64(-1)
            slot = mix(tid) & U(len(thread_slots) - 1)
            while thread_slots[slot] >= 0:
                if tids[thread_slots[slot]] == tid:
                    found = np.int64(thread_slots[slot])
                    break
                slot = (slot + ONE) & U(len(thread_slots) - 1)
            if found < 0:
                us[s.ARGUMENT] = tid
                status = NEW_THREAD
                break
            if thread >= 0:
                threads[thread].depth = depth
                threads[thread].newest = newest
                threads[thread].before = before
            thread = found
            label = np.int64(threads[thread].label)
            base = threads[thread].base
            capacity = threads[thread].capacity
            depth = threads[thread].depth
            newest = threads[thread].newest
            before = threads[thread].before
            st[s.LABEL] = label
            top = ZERO
            if depth > 0:
                top = stack[U(base + depth - 1)].hash

        elif kind == MEMORY:
            rss, position = varint(buffer, position)
            milliseconds, position = varint(buffer, position)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if st[s.TIMELINE] >= len(timeline):
                status = GROW_TIMELINE
                break
            timeline[st[s.TIMELINE], 0] = np.int64(milliseconds)
            timeline[st[s.TIMELINE], 1] = np.int64(rss)
            timeline[st[s.TIMELINE], 2] = heap
            st[s.TIMELINE] += 1

        elif kind == OBJECT:
            recent = U((token >> 1) & 15)
            native_seen = last_native
            address = ZERO
            if recent == U(15):
                delta, position = varint(buffer, position)
                address = pointer + unzigzag(delta)
            if with_native and (token & 1) != 0:
                delta, position = varint(buffer, position)
                native_seen = last_native + unzigzag(delta)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            last_native = native_seen
            if recent == U(15):
                pointer = address
                head = (head - ONE) & U(15)
                ring[head] = address << U(3)

        elif kind == NATIVE_FRAME:
            delta, position = varint(buffer, position)
            outer, position = varint(buffer, position)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if st[s.NATIVES] >= len(natives):
                status = GROW_NATIVE
                break
            us[s.LAST_NATIVE_IP] += unzigzag(delta)
            last_native += unzigzag(outer)
            natives[st[s.NATIVES], 0] = us[s.LAST_NATIVE_IP]
            natives[st[s.NATIVES], 1] = last_native
            st[s.NATIVES] += 1

        elif kind == THREAD:
            position = end_of_text(buffer, position, limit)
            if position > limit:
                break
            st[s.ARGUMENT] = start + 1
            st[s.POSITION] = position
            status = THREAD_NAME
            start = position
            break

        elif kind == CODE or kind == SEGMENTS or kind == MAPS:
            frame_id = ZERO
            if kind == CODE and old:
                delta, position = varint(buffer, position)
                frame_id = last_frame + unzigzag(delta)
                position = end_of_text(buffer, position, limit)
                position = end_of_text(buffer, position, limit)
                if position <= limit:
                    _, position = varint(buffer, position)
            elif kind == CODE:
                position = skip_code(buffer, position, limit)
            elif kind == SEGMENTS:
                position = skip_segments(buffer, position, limit)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if st[s.ASIDES] >= len(asides):
                status = ASIDES_FULL
                break
            if kind == CODE and old:
                last_frame = frame_id
            if kind == MAPS:
                st[s.GENERATION] += 1
            aside = st[s.ASIDES]
            asides[aside, 0] = U(kind)
            asides[aside, 1] = U(start)
            asides[aside, 2] = frame_id
            st[s.ASIDES] += 1

        elif kind == END:
            status = TRAILER
            start = position
            break
        else:
            status = BAD_TOKEN
            break
    if status == MORE and position <= limit:
        start = position
    st[s.POSITION] = start
    st[s.THREAD] = thread
    st[s.LABEL] = label
    st[s.DEPTH] = depth
    st[s.BASE] = base
    st[s.CAPACITY] = capacity
    us[s.LAST_POINTER] = pointer
    us[s.LAST_NATIVE] = last_native
    us[s.LAST_FRAME] = last_frame
    us[s.RING_HEAD] = head
    st[s.HEAP] = heap
    st[s.LOST] = lost
    st[s.PEAK] = peak
    st[s.STAMP] = stamp
    st[s.RECORDS] = records
    st[s.EVENTS] = count_events
    st[s.OUT] = out
    st[s.LIVE] = live_count
    if thread >= 0:
        threads[thread].depth = depth
        threads[thread].newest = newest
        threads[thread].before = before
    return status
