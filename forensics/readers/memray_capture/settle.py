"""What decoded allocations and frees do to the heap, in order, a batch at a time. Compiled.

Three passes over a batch keep the processor from waiting for memory: the decoder asks for the slot
of each address ahead of time (`prefetch`), `settle` then finds blocks, sizes and the running sum,
and `apply_events` adds to the rows, which `settle` has asked for in its turn.
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled, inlined
from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.hashing import ONE, ZERO, U, find, remove
from forensics.readers.memray_capture.intrinsics import prefetch

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


@compiled
def settle(st, us, operations, live, huge, mappings, spans, events, rows):
    """Let the pending operations, whose rows are known, take effect; MORE when all did.

    Else what is in the way. What changes with every operation is kept in registers here.
    """
    emit = st[s.EMIT] != 0
    shift = us[s.LIVE_SHIFT]
    index, count = st[s.OPERATION], st[s.OPERATIONS]
    out, blocks, heap = st[s.OUT], st[s.LIVE], st[s.HEAP]
    stamp, highest = st[s.STAMP], st[s.PEAK]
    room = (len(live) >> 1) - (len(live) >> 3)
    settled, events_before = st[s.SETTLED] - index, st[s.EVENTS] - out
    status = MORE
    while index < count:
        if out + 2 > len(events):
            if emit:
                status = EVENTS_FULL
                break
            apply_events(out, events, rows)
            events_before += out
            out = 0
        slot = U(index)
        action = operations[slot].action
        if action == FREEING:
            key = operations[slot].address + ONE
            place = find(live, shift, key)
            if live[place] == key and key != ZERO:
                word = live[place + ONE]
                size = np.int64(word & SIZE_MASK)
                if word & SIZE_MASK == SIZE_MASK:
                    size = forget_huge(st, key, huge)
                remove(live, shift, place)
                blocks -= 1
                heap -= size
                temporary = operations[slot].temporary
                note_event(st, events, rows, out, np.int64(word >> SIZE_BITS), -size, -1, temporary, stamp)
                out += 1
            else:
                st[s.UNKNOWN_FREES] += 1
        elif action == TAKING:
            size = np.int64(operations[slot].size)
            if blocks >= room:
                status = GROW_LIVE
                break
            if U(size) >= SIZE_MASK and st[s.HUGE] * 2 >= len(huge):
                status = TOO_MANY_HUGE
                break
            key = operations[slot].address + ONE
            if key == ZERO:
                key = ONE
            place = find(live, shift, key)
            if live[place] == key:
                gone = end_overwritten(st, key, live[place + ONE], huge)
                heap -= gone
                row = np.int64(live[place + ONE] >> SIZE_BITS)
                note_event(st, events, rows, out, row, -gone, -1, 0, stamp)
                out += 1
            else:
                live[place] = key
                blocks += 1
            stored = U(size)
            if stored >= SIZE_MASK:
                stored = SIZE_MASK
                keep_huge(st, key, size, huge)
            row = np.int64(operations[slot].row)
            live[place + ONE] = (U(row) << SIZE_BITS) | stored
            heap += size
            note_event(st, events, rows, out, row, size, 1, 0, stamp)
            out += 1
        else:
            st[s.OUT], st[s.HEAP], st[s.STAMP], st[s.EVENTS] = out, heap, stamp, events_before + out
            status = settle_mapping(st, operations, index, mappings, spans, events, rows)
            out, heap, events_before = st[s.OUT], st[s.HEAP], st[s.EVENTS] - st[s.OUT]
            if status != MORE:
                break
        index += 1
        if heap + st[s.LOST] >= highest:
            highest = heap + st[s.LOST]
            stamp = settled + index
            st[s.PEAK_EVENTS] = events_before + out
            st[s.PEAK_INTERVAL] = st[s.TIMELINE] - 1
            st[s.PEAK_HEAP] = heap
    st[s.LIVE], st[s.HEAP], st[s.STAMP], st[s.PEAK] = blocks, heap, stamp, highest
    st[s.SETTLED] = settled + index
    st[s.EVENTS] = events_before + out
    if index == count:
        index = 0
        st[s.OPERATIONS] = st[s.RESOLVED] = 0
    st[s.OPERATION] = index
    if not emit:
        apply_events(out, events, rows)
        out = 0
    st[s.OUT] = out
    return status


@inlined
def note_event(st, events, rows, out, row, size, blocks, temporary, stamp):
    """Note one change of the heap as event ``out``; there is room for it."""
    slot = U(out)
    events[slot].row = row
    events[slot].bytes = size
    events[slot].blocks = blocks
    events[slot].temporary = temporary
    events[slot].stamp = stamp
    events[slot].interval = st[s.TIMELINE] - 1
    prefetch(rows, U(row))


@compiled
def apply_events(count, events, rows):
    """Add the noted changes to their rows, each first keeping what it held at the latest peak."""
    for i in range(count):
        slot = U(i)
        row = U(events[slot].row)
        if rows[row].stamp != events[slot].stamp:
            rows[row].stamp = events[slot].stamp
            rows[row].peak_bytes = rows[row].bytes
            rows[row].peak_blocks = rows[row].blocks
        size = events[slot].bytes
        rows[row].bytes += size
        rows[row].blocks += events[slot].blocks
        if size > 0 or (size == 0 and events[slot].blocks > 0):
            rows[row].total_bytes += size
            rows[row].total_blocks += 1
        elif events[slot].temporary != 0:
            rows[row].temporary_bytes -= size
            rows[row].temporary_blocks += 1


@compiled
def keep_huge(st, key, size, huge):
    """Remember the size of a block that does not fit beside its row; there is room for it."""
    huge[2 * st[s.HUGE]] = key
    huge[2 * st[s.HUGE] + 1] = U(size)
    st[s.HUGE] += 1


@compiled
def forget_huge(st, key, huge):
    """The size of one of the huge blocks, which is forgotten."""
    count = st[s.HUGE]
    size = SIZE_MASK
    for i in range(count):
        if huge[2 * i] == key:
            size = huge[2 * i + 1]
            huge[2 * i] = huge[2 * count - 2]
            huge[2 * i + 1] = huge[2 * count - 1]
            st[s.HUGE] -= 1
            break
    return np.int64(size)


@compiled
def end_overwritten(st, key, word, huge):
    """The size of a block at whose address another begins: its free was not recorded, it ends now.

    memray's running sum keeps such lost blocks for ever, and its peak is where that sum is highest.
    """
    size = np.int64(word & SIZE_MASK)
    if word & SIZE_MASK == SIZE_MASK:
        size = forget_huge(st, key, huge)
    st[s.LOST] += size
    st[s.OVERWRITTEN] += 1
    return size


@compiled
def settle_mapping(st, operations, index, mappings, spans, events, rows):
    """Begin or end mappings; MORE, or what is in the way."""
    if operations[index].action != MAPPING_IN:
        return unmap_range(st, operations, index, mappings, spans, events, rows)
    if st[s.MAPPINGS] >= len(mappings):
        return GROW_MAPPINGS
    row, size = np.int64(operations[index].row), operations[index].size
    map_range(st, operations[index].address, size, row, mappings, spans)
    add_event(st, events, rows, row, np.int64(size), 1, 0)
    return MORE


@compiled
def add_event(st, events, rows, row, size, blocks, temporary):
    """As `note_event`, with the state counted up."""
    note_event(st, events, rows, st[s.OUT], row, size, blocks, temporary, st[s.STAMP])
    st[s.OUT] += 1
    st[s.EVENTS] += 1
    st[s.HEAP] += size


@compiled
def range_end(address, size):
    """The end of a range, at most the end of the address space."""
    end = address + size
    return end if end >= address else ~ZERO


@compiled
def map_range(st, address, size, row, mappings, spans):
    """Begin a mapping; there is room for it. One of no bytes is not kept."""
    if size > ZERO:
        place_mapping(st[s.MAPPINGS], address, range_end(address, size), row, mappings, spans)
        st[s.MAPPINGS] += 1


@compiled
def place_mapping(place, start, end, row, mappings, spans):
    """Write a mapping and widen the span of its group of 64."""
    group = place >> 6
    if place & 63 == 0:
        spans[group, 0], spans[group, 1] = start, end
    mappings[place].start, mappings[place].end, mappings[place].row = start, end, row
    spans[group, 0] = min(spans[group, 0], start)
    spans[group, 1] = max(spans[group, 1], end)


@compiled
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


@compiled
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
            apply_events(st[s.OUT], events, rows)
            st[s.OUT] = 0
        cut_mapping(st, place, address, end, temporary, mappings, spans, events, rows)
    return MORE


@compiled
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


@compiled
def place_moved(place, start, end, row, mappings, spans):
    """Write the last mapping over one that is gone, widening the span there."""
    mappings[place].start, mappings[place].end, mappings[place].row = start, end, row
    spans[place >> 6, 0] = min(spans[place >> 6, 0], start)
    spans[place >> 6, 1] = max(spans[place >> 6, 1], end)
