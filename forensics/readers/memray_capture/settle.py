"""What decoded allocations and frees do to the heap, in order, a batch at a time. Compiled.

Three passes over a batch keep the processor from waiting for memory: the decoder asks for the slot
of each address ahead of time (`prefetch`), `settle` then finds blocks, sizes and the running sum,
and `apply_events` adds to the rows, which `settle` has asked for in its turn.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.hashing import ONE, ZERO, U, find, remove
from forensics.readers.memray_capture.prefetch import prefetch

MORE = int(s.Status.MORE)
GROW_LIVE = int(s.Status.GROW_LIVE)
GROW_MAPPINGS = int(s.Status.GROW_MAPPINGS)
EVENTS_FULL = int(s.Status.EVENTS_FULL)
TOO_MANY_HUGE = int(s.Status.TOO_MANY_HUGE)
FREEING, TAKING, MAPPING_IN, MAPPING_OUT = s.FREEING, s.TAKING, s.MAPPING_IN, s.MAPPING_OUT
#: A live block's second word: the low bits are its size, the others its row.
SIZE_BITS = U(36)
SIZE_MASK = U((1 << 36) - 1)
#: Largest number of rows that a live block can name.
MOST_ROWS = 1 << 28


@njit(cache=True, nogil=True, _nrt=False)
def settle(st, us, operations, live, huge, mappings, spans, events, rows):
    """Let the pending operations take effect; MORE when all did, else what is in the way."""
    emit = st[s.EMIT] != 0
    index = st[s.OPERATION]
    status = MORE
    room = (len(live) >> 1) - (len(live) >> 3)
    while index < st[s.OPERATIONS]:
        if st[s.OUT] + 2 > len(events):
            if emit:
                status = EVENTS_FULL
                break
            apply_events(st, events, rows)
        action = operations[index].action
        if action == FREEING:
            free_block(
                st, us, operations[index].address, operations[index].temporary, live, huge, events, rows
            )
        elif action == TAKING:
            if st[s.LIVE] >= room:
                status = GROW_LIVE
                break
            if operations[index].size >= SIZE_MASK and st[s.HUGE] * 2 >= len(huge):
                status = TOO_MANY_HUGE
                break
            row = np.int64(operations[index].row)
            take_block(
                st, us, operations[index].address, operations[index].size, row, live, huge, events, rows
            )
        elif action == MAPPING_IN:
            if st[s.MAPPINGS] >= len(mappings):
                status = GROW_MAPPINGS
                break
            map_range(
                st, operations[index].address, operations[index].size, operations[index].row, mappings, spans
            )
            add_event(
                st, events, rows, np.int64(operations[index].row), np.int64(operations[index].size), 1, 0
            )
        else:
            status = unmap_range(st, operations, index, mappings, spans, events, rows)
            if status != MORE:
                break
        st[s.SETTLED] += 1
        if st[s.HEAP] + st[s.LOST] >= st[s.PEAK]:
            st[s.PEAK] = st[s.HEAP] + st[s.LOST]
            st[s.STAMP] = st[s.SETTLED]
            st[s.PEAK_EVENTS] = st[s.EVENTS]
            st[s.PEAK_INTERVAL] = st[s.TIMELINE] - 1
            st[s.PEAK_HEAP] = st[s.HEAP]
        index += 1
    if index == st[s.OPERATIONS]:
        index = 0
        st[s.OPERATIONS] = 0
    st[s.OPERATION] = index
    if not emit:
        apply_events(st, events, rows)
    return status


@njit(cache=True, nogil=True, _nrt=False)
def add_event(st, events, rows, row, size, blocks, temporary):
    """Note one change of the heap; there is room for it."""
    out = st[s.OUT]
    events[out].row = row
    events[out].bytes = size
    events[out].blocks = blocks
    events[out].temporary = temporary
    events[out].stamp = st[s.STAMP]
    events[out].interval = st[s.TIMELINE] - 1
    prefetch(rows, U(row))
    st[s.OUT] = out + 1
    st[s.EVENTS] += 1
    st[s.HEAP] += size


@njit(cache=True, nogil=True, _nrt=False)
def apply_events(st, events, rows):
    """Add the noted changes to their rows, each first keeping what it held at the latest peak."""
    for i in range(st[s.OUT]):
        row = U(events[i].row)
        if rows[row].stamp != events[i].stamp:
            rows[row].stamp = events[i].stamp
            rows[row].peak_bytes = rows[row].bytes
            rows[row].peak_blocks = rows[row].blocks
        size = events[i].bytes
        rows[row].bytes += size
        rows[row].blocks += events[i].blocks
        if size > 0 or (size == 0 and events[i].blocks > 0):
            rows[row].total_bytes += size
            rows[row].total_blocks += 1
        elif events[i].temporary != 0:
            rows[row].temporary_bytes -= size
            rows[row].temporary_blocks += 1
    st[s.OUT] = 0


@njit(cache=True, nogil=True, _nrt=False)
def live_size(st, word, key, huge):
    """The size of a live block, which is forgotten if it is one of the huge ones."""
    size = word & SIZE_MASK
    if size != SIZE_MASK:
        return np.int64(size)
    count = st[s.HUGE]
    for i in range(count):
        if huge[2 * i] == key:
            size = huge[2 * i + 1]
            huge[2 * i] = huge[2 * count - 2]
            huge[2 * i + 1] = huge[2 * count - 1]
            st[s.HUGE] -= 1
            break
    return np.int64(size)


@njit(cache=True, nogil=True, _nrt=False)
def free_block(st, us, address, temporary, live, huge, events, rows):
    """End a block; one that nobody knows is counted only."""
    key = address + ONE
    place = find(live, us[s.LIVE_SHIFT], key)
    word = live[place + ONE]
    if live[place] != key or key == ZERO:
        st[s.UNKNOWN_FREES] += 1
        return
    size = live_size(st, word, key, huge)
    remove(live, us[s.LIVE_SHIFT], place)
    st[s.LIVE] -= 1
    add_event(st, events, rows, np.int64(word >> SIZE_BITS), -size, -1, temporary)


@njit(cache=True, nogil=True, _nrt=False)
def take_block(st, us, address, size, row, live, huge, events, rows):
    """Begin a block. Where one lives already its free was not recorded: it ends now.

    memray's running sum keeps such lost blocks for ever, and its peak is where that sum is highest.
    """
    key = address + ONE
    if key == ZERO:
        key = ONE
    place = find(live, us[s.LIVE_SHIFT], key)
    if live[place] == key:
        word = live[place + ONE]
        gone = live_size(st, word, key, huge)
        st[s.LOST] += gone
        st[s.OVERWRITTEN] += 1
        add_event(st, events, rows, np.int64(word >> SIZE_BITS), -gone, -1, 0)
    else:
        live[place] = key
        st[s.LIVE] += 1
    stored = size
    if size >= SIZE_MASK:
        stored = SIZE_MASK
        huge[2 * st[s.HUGE]] = key
        huge[2 * st[s.HUGE] + 1] = size
        st[s.HUGE] += 1
    live[place + ONE] = (U(row) << SIZE_BITS) | stored
    add_event(st, events, rows, row, np.int64(size), 1, 0)


@njit(cache=True, nogil=True, _nrt=False)
def range_end(address, size):
    """The end of a range, at most the end of the address space."""
    end = address + size
    return end if end >= address else ~ZERO


@njit(cache=True, nogil=True, _nrt=False)
def map_range(st, address, size, row, mappings, spans):
    """Begin a mapping; there is room for it. One of no bytes is not kept."""
    if size > ZERO:
        place_mapping(st[s.MAPPINGS], address, range_end(address, size), row, mappings, spans)
        st[s.MAPPINGS] += 1


@njit(cache=True, nogil=True, _nrt=False)
def place_mapping(place, start, end, row, mappings, spans):
    """Write a mapping and widen the span of its group of 64."""
    group = place >> 6
    if place & 63 == 0:
        spans[group, 0], spans[group, 1] = start, end
    mappings[place].start, mappings[place].end, mappings[place].row = start, end, row
    spans[group, 0] = min(spans[group, 0], start)
    spans[group, 1] = max(spans[group, 1], end)


@njit(cache=True, nogil=True, _nrt=False)
def next_touched(count, place, start, end, mappings, spans):
    """The first mapping from ``place`` on that a range touches; ``count`` if there is none.

    Groups of 64 whose span the range misses are stepped over; a group searched in vain gets the
    span of what is in it now.
    """
    while place < count:
        group = place >> 6
        if spans[group, 0] >= end or spans[group, 1] <= start:
            place = (group + 1) << 6
            continue
        low, high = ~ZERO, ZERO
        first = group << 6
        for i in range(first, min(first + 64, count)):
            if i >= place and mappings[i].start < end and mappings[i].end > start:
                return i
            low, high = min(low, mappings[i].start), max(high, mappings[i].end)
        spans[group, 0], spans[group, 1] = low, high
        place = (group + 1) << 6
    return count


@njit(cache=True, nogil=True, _nrt=False)
def unmap_range(st, operations, index, mappings, spans, events, rows):
    """End what a munmap covers: whole mappings, ends of them, or a hole in one (which makes two)."""
    address = operations[index].address
    end = range_end(address, operations[index].size)
    touched = 0
    place = next_touched(st[s.MAPPINGS], 0, address, end, mappings, spans)
    while place < st[s.MAPPINGS]:
        touched += 1
        place = next_touched(st[s.MAPPINGS], place + 1, address, end, mappings, spans)
    if touched == 0:
        st[s.UNKNOWN_FREES] += 1
        return MORE
    if st[s.MAPPINGS] + touched > len(mappings):
        return GROW_MAPPINGS
    if st[s.EMIT] != 0 and st[s.OUT] + touched > len(events):
        return EVENTS_FULL
    temporary = operations[index].temporary if touched == 1 else 0
    place = 0
    while touched > 0:
        place = next_touched(st[s.MAPPINGS], place, address, end, mappings, spans)
        touched -= 1
        if st[s.OUT] >= len(events):
            apply_events(st, events, rows)
        cut_mapping(st, place, address, end, temporary, mappings, spans, events, rows)
    return MORE


@njit(cache=True, nogil=True, _nrt=False)
def cut_mapping(st, place, address, end, temporary, mappings, spans, events, rows):
    """Take a range out of one mapping; what is left of it does not touch the range any more."""
    first, last, row = mappings[place].start, mappings[place].end, mappings[place].row
    cut_from, cut_to = max(first, address), min(last, end)
    blocks = 0
    if cut_from == first and cut_to == last:
        blocks = -1
        st[s.MAPPINGS] -= 1
        moved = mappings[st[s.MAPPINGS]]
        if place < st[s.MAPPINGS]:
            place_moved(place, moved.start, moved.end, moved.row, mappings, spans)
    elif cut_from == first:
        mappings[place].start = cut_to
    elif cut_to == last:
        mappings[place].end = cut_from
    else:
        blocks = 1
        mappings[place].end = cut_from
        map_range(st, cut_to, last - cut_to, row, mappings, spans)
    flag = temporary if blocks == -1 else 0
    add_event(st, events, rows, np.int64(row), -np.int64(cut_to - cut_from), blocks, flag)


@njit(cache=True, nogil=True, _nrt=False)
def place_moved(place, start, end, row, mappings, spans):
    """Write the last mapping over one that is gone, widening the span there."""
    mappings[place].start, mappings[place].end, mappings[place].row = start, end, row
    spans[place >> 6, 0] = min(spans[place >> 6, 0], start)
    spans[place >> 6, 1] = max(spans[place >> 6, 1], end)
