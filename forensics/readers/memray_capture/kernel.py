"""The compiled loop over the records of a capture that keeps every allocation (format 0).

One call eats as much of a buffer as it can and says why it came back (`Status`). Whatever needs
room or a decision is asked for *before* a record takes effect; the call then starts over at that
record. So arrays are fixed arguments, which is what makes the loop fast: a new array assigned
inside it would be reference-counted on every pass.

How a callsite is found: pushes keep a hash of the whole path, two multiplications each; the row of
(path, thread, allocator) is looked up only when something is allocated, and then a batch later,
when the processor has fetched its slot (`paths.resolve`). So popped levels stay until no pending
operation can refer to them. Two paths of one 64-bit hash would be one callsite; among ten million
paths the chance of that is three in a million.

Which state is *the peak*: that after the last record at which the sum of sizes is not below any
before, as memray's own reader has it. Rows are not copied when it moves; each row keeps what it
held when it first changed after the latest peak, told by a stamp.
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled
from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.hashing import GOLDEN, MIX_A, MIX_B, ONE, ZERO, U, mix
from forensics.readers.memray_capture.intrinsics import prefetch
from forensics.readers.memray_capture.paths import forget_popped, resolve
from forensics.readers.memray_capture.settle import settle
from forensics.readers.memray_capture.state import ARENA_KIND, FREEING, MAPPING_IN, MAPPING_OUT, TAKING
from forensics.readers.memray_capture.wire import (
    ALLOCATION,
    CODE,
    END,
    FREE,
    MAPS,
    MEMORY,
    MMAP,
    MUNMAP,
    NATIVE_FRAME,
    OBJECT,
    OLD_ALLOCATORS,
    OVERRUN,
    POP,
    PUSH,
    PYMALLOC_FREE,
    SEGMENTS,
    SWITCH,
    THREAD,
    end_of_text,
    fixed64,
    kind_of_new,
    kind_of_old,
    skip_code,
    skip_frame,
    skip_segments,
    unzigzag,
    varint,
)

MORE = int(s.Status.MORE)
TRAILER = int(s.Status.TRAILER)
BAD_TOKEN = int(s.Status.BAD_TOKEN)
BAD_VARINT = int(s.Status.BAD_VARINT)
BAD_ALLOCATOR = int(s.Status.BAD_ALLOCATOR)
BAD_SIZE = int(s.Status.BAD_SIZE)
BAD_POP = int(s.Status.BAD_POP)
NO_THREAD = int(s.Status.NO_THREAD)
STOPPED = int(s.Status.STOPPED)
NEW_THREAD = int(s.Status.NEW_THREAD)
THREAD_NAME = int(s.Status.THREAD_NAME)
ASIDES_FULL = int(s.Status.ASIDES_FULL)
GROW_STACK = int(s.Status.GROW_STACK)
GROW_LEVELS = int(s.Status.GROW_LEVELS)
GROW_TIMELINE = int(s.Status.GROW_TIMELINE)
GROW_NATIVE = int(s.Status.GROW_NATIVE)

#: No address space has room for more: 57-bit addresses.
LARGEST_SIZE = U(1 << 57)


@compiled
def decode(
    buffer, limit, st, us, ring, tids, threads, thread_slots, stack, levels, moved, nodes, node_table, frames,
    frame_table, rows, places, native_places, row_table, operations, live, huge, mappings, spans, timeline,
    natives, asides, events,
):  # fmt: skip
    """Work through ``buffer`` up to ``limit``; the reason for coming back, a `Status`.

    ``buffer`` has SLACK readable bytes after ``limit``. On every return the state says where to go
    on; a record that is not finished before ``limit`` has had no effect. A record that needs the
    pending operations out of its way starts over once they took effect (``flush``). One long
    function: what it carries from record to record lives in registers.
    """
    old = st[s.OLD] != 0
    with_native = st[s.NATIVE] != 0
    arena = U(st[s.ARENA])
    stop_after = st[s.STOP_AFTER]
    position = st[s.POSITION]
    thread = st[s.THREAD]
    label = st[s.LABEL]
    depth = st[s.DEPTH]
    base = st[s.BASE]
    capacity = st[s.CAPACITY]
    pointer = us[s.LAST_POINTER]
    last_native = us[s.LAST_NATIVE]
    last_frame = us[s.LAST_FRAME]
    head = us[s.RING_HEAD]
    decoded = st[s.DECODED]
    pending = st[s.OPERATIONS]
    used = st[s.LEVELS]
    tip = np.int64(-1)
    newest = before = top = ZERO
    if thread >= 0:
        newest = threads[thread].newest
        before = threads[thread].before
        if depth > 0:
            tip = np.int64(stack[U(base + depth - 1)])
            top = levels[U(tip)].hash
    status = MORE
    start = position
    flush = False
    while position < limit:
        start = position
        if flush:
            st[s.OPERATIONS] = pending
            status = take_effect(
                st, us, operations, levels, nodes, node_table, frames, frame_table, rows, places,
                native_places, row_table, live, huge, mappings, spans, events,
            )  # fmt: skip
            pending = st[s.OPERATIONS]
            if status != MORE:
                break
            flush = False
        token = np.int64(buffer[U(position)])
        position += 1
        kind = kind_of_old(token) if old else kind_of_new(token)

        if kind == ALLOCATION:
            native = size = ZERO
            missed = False
            native_seen = last_native
            if old:
                allocator = OLD_ALLOCATORS[U(token >> 4)]
                delta, position = varint(buffer, position)
                address = seen = pointer + unzigzag(delta)
                releases = allocator == FREE or allocator == PYMALLOC_FREE
                if (token & 15) == 2:
                    size, position = varint(buffer, position)
                    delta, position = varint(buffer, position)
                    native = native_seen = last_native + unzigzag(delta)
                elif not releases:
                    size, position = varint(buffer, position)
            else:
                recent = U((token >> 3) & 15)
                seen = pointer
                address = ring[(head + recent) & U(15)]
                missed = recent == U(15)
                if missed:
                    delta, position = varint(buffer, position)
                    seen = pointer + unzigzag(delta)
                    address = seen << U(3)
                allocator = token & 7
                if allocator == 0:
                    allocator = np.int64(buffer[U(min(position, limit))])
                    position += 1
                releases = allocator == FREE or allocator == PYMALLOC_FREE
                if not releases:
                    if with_native:
                        delta, position = varint(buffer, position)
                        native = native_seen = last_native + unzigzag(delta)
                    size, position = varint(buffer, position)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if allocator < 1 or allocator > MUNMAP:
                status = BAD_ALLOCATOR
                break
            if pending == len(operations):
                flush, position = True, start
                continue
            slot = U(pending)
            if releases:
                place = (((address + ONE) * GOLDEN) >> us[s.LIVE_SHIFT]) << ONE
                prefetch(live, place)
                prefetch(live, place + U(4))
                operations[slot].action = FREEING
                operations[slot].temporary = address + ONE == newest or address + ONE == before
            elif allocator == MUNMAP:
                operations[slot].action = MAPPING_OUT
                operations[slot].temporary = address + ONE == newest or address + ONE == before
            else:
                if thread < 0:
                    status = NO_THREAD
                    break
                if size > LARGEST_SIZE:
                    status = BAD_SIZE
                    break
                sort = allocator
                operations[slot].action = TAKING
                if allocator == MMAP:
                    operations[slot].action = MAPPING_IN
                    if size == arena:
                        sort = np.int64(ARENA_KIND)
                else:
                    prefetch(live, (((address + ONE) * GOLDEN) >> us[s.LIVE_SHIFT]) << ONE)
                key = ((top ^ (U(label * 32 + sort + 1) * MIX_A)) * GOLDEN) | ONE
                if with_native:
                    key = mix(key + native * MIX_B + U(st[s.GENERATION])) | ONE
                prefetch(row_table, ((key * GOLDEN) >> us[s.ROW_SHIFT]) << ONE)
                operations[slot].key = key
                operations[slot].kind = sort
                operations[slot].label = label
                operations[slot].level = tip
                operations[slot].native = native
                before = newest
                newest = address + ONE
            operations[slot].address = address
            operations[slot].size = size
            pending += 1
            decoded += 1
            pointer = seen
            last_native = native_seen
            if missed:
                head = (head - ONE) & U(15)
                ring[head] = address
            if decoded == stop_after:
                start = position
                status = STOPPED
                break

        elif kind == PUSH:
            if old:
                delta, position = varint(buffer, position)
                code = last_frame + unzigzag(delta)
                offset = np.int64(0)
            else:
                code, position = varint(buffer, position)
                delta, position = varint(buffer, position)
                offset = np.int64((unzigzag(delta) << ONE) | U(token & 1))
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if depth >= capacity:
                status = GROW_STACK
                break
            if used == len(levels):
                if pending > 0:
                    flush, position = True, start
                    continue
                st[s.LEVELS] = used
                threads[thread].depth = depth
                forget_popped(st, levels, moved, threads, stack)
                used = st[s.LEVELS]
                tip = np.int64(stack[U(base + depth - 1)]) if depth > 0 else np.int64(-1)
                if 2 * used > len(levels):
                    status = GROW_LEVELS
                    break
            if old:
                last_frame = code
            top = ((top ^ (code * MIX_B + U(offset))) + GOLDEN) * MIX_A
            top = (top ^ (top >> U(29))) | ONE
            levels[U(used)].hash = top
            levels[U(used)].code = code
            levels[U(used)].place = offset
            levels[U(used)].outer = tip
            levels[U(used)].node = -1
            stack[U(base + depth)] = used
            tip = used
            used += 1
            depth += 1

        elif kind == POP:
            count = (token >> 4 if old else token & 15) + 1
            if count > depth:
                status = BAD_POP
                break
            depth -= count
            top, tip = ZERO, np.int64(-1)
            if depth > 0:
                tip = np.int64(stack[U(base + depth - 1)])
                top = levels[U(tip)].hash

        elif kind == SWITCH:
            position += 8
            if position > limit:
                break
            tid = fixed64(buffer, start + 1)
            slot = mix(tid) & U(len(thread_slots) - 1)
            while thread_slots[slot] >= 0 and tids[U(thread_slots[slot])] != tid:
                slot = (slot + ONE) & U(len(thread_slots) - 1)
            if thread_slots[slot] < 0:
                us[s.ARGUMENT] = tid
                status = NEW_THREAD
                break
            if thread >= 0:
                threads[thread].depth = depth
                threads[thread].newest = newest
                threads[thread].before = before
            thread = np.int64(thread_slots[slot])
            label = threads[thread].label
            base = threads[thread].base
            capacity = threads[thread].capacity
            depth = threads[thread].depth
            newest = threads[thread].newest
            before = threads[thread].before
            top, tip = ZERO, np.int64(-1)
            if depth > 0:
                tip = np.int64(stack[U(base + depth - 1)])
                top = levels[U(tip)].hash

        elif kind == MEMORY:
            resident, position = varint(buffer, position)
            milliseconds, position = varint(buffer, position)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if st[s.TIMELINE] >= len(timeline):
                status = GROW_TIMELINE
                break
            if pending > 0:
                flush, position = True, start
                continue
            timeline[st[s.TIMELINE], 0] = np.int64(milliseconds)
            timeline[st[s.TIMELINE], 1] = np.int64(resident)
            timeline[st[s.TIMELINE], 2] = st[s.HEAP]
            st[s.TIMELINE] += 1
            st[s.SETTLED_AT_MEMORY] = st[s.SETTLED]

        elif kind == OBJECT:
            missed = ((token >> 1) & 15) == 15
            native_seen = last_native
            seen = pointer
            if missed:
                delta, position = varint(buffer, position)
                seen = pointer + unzigzag(delta)
            if with_native and (token & 1) != 0:
                delta, position = varint(buffer, position)
                native_seen = last_native + unzigzag(delta)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            last_native = native_seen
            pointer = seen
            if missed:
                head = (head - ONE) & U(15)
                ring[head] = seen << U(3)

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
            natives[st[s.NATIVES], 2] = U(st[s.GENERATION])
            st[s.NATIVES] += 1

        elif kind == THREAD:
            position = end_of_text(buffer, position, limit)
            if position > limit:
                break
            st[s.ARGUMENT] = start + 1
            start = position
            status = THREAD_NAME
            break

        elif kind == CODE or kind == SEGMENTS or kind == MAPS:
            frame = last_frame
            if kind == SEGMENTS:
                position = skip_segments(buffer, position, limit)
            elif kind == CODE and old:
                delta, position = skip_frame(buffer, position, limit)
                frame = last_frame + unzigzag(delta)
            elif kind == CODE:
                position = skip_code(buffer, position, limit)
            if position > limit:
                status = BAD_VARINT if position >= OVERRUN else MORE
                break
            if st[s.ASIDES] >= len(asides):
                status = ASIDES_FULL
                break
            if kind == MAPS:
                if pending > 0:
                    flush, position = True, start
                    continue
                st[s.GENERATION] += 1
            last_frame = frame
            asides[st[s.ASIDES], 0] = U(kind)
            asides[st[s.ASIDES], 1] = U(start)
            asides[st[s.ASIDES], 2] = frame
            st[s.ASIDES] += 1

        else:
            status = TRAILER if kind == END else BAD_TOKEN
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
    st[s.DECODED] = decoded
    st[s.OPERATIONS] = pending
    st[s.LEVELS] = used
    if thread >= 0:
        threads[thread].depth = depth
        threads[thread].newest = newest
        threads[thread].before = before
    if (
        status == MORE
        or status == TRAILER
        or status == STOPPED
        or (status >= BAD_TOKEN and status <= NO_THREAD)
    ):
        blocked = take_effect(
            st, us, operations, levels, nodes, node_table, frames, frame_table, rows, places,
            native_places, row_table, live, huge, mappings, spans, events,
        )  # fmt: skip
        if blocked != MORE:
            return blocked
    return status


@compiled
def take_effect(
    st, us, operations, levels, nodes, node_table, frames, frame_table, rows, places, native_places,
    row_table, live, huge, mappings, spans, events,
):  # fmt: skip
    """Let what is pending find its rows and change the heap; MORE when all did."""
    status = resolve(
        st, us, operations, levels, nodes, node_table, frames, frame_table, rows, places, native_places,
        row_table,
    )  # fmt: skip
    if status != MORE:
        return status
    return settle(st, us, operations, live, huge, mappings, spans, events, rows)
