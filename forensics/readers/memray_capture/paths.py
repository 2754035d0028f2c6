"""From pushed frames to rows: compiled look-ups that make what is new.

Pushes only hash. What is allocated looks up the row of (path hash, thread, allocator), a batch at a
time so that the processor can have fetched the slots meanwhile; where a row is new, the path's node
is looked up from the inside out and made from there. Whatever needs room answers with minus a
`Status` before anything is half done.
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled
from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.hashing import GOLDEN, ONE, ZERO, U, find, mix
from forensics.readers.memray_capture.intrinsics import prefetch

MORE = int(s.Status.MORE)
GROW_ROWS = int(s.Status.GROW_ROWS)
GROW_NODES = int(s.Status.GROW_NODES)
GROW_FRAMES = int(s.Status.GROW_FRAMES)


@compiled
def resolve(
    st, us, operations, levels, nodes, node_table, frames, frame_table, rows, places, native_places, row_table
):
    """Give every pending allocation its row; MORE when all have one, else what is in the way."""
    shift = us[s.ROW_SHIFT]
    index = st[s.RESOLVED]
    status = MORE
    while index < st[s.OPERATIONS]:
        action = operations[U(index)].action
        if action == s.TAKING or action == s.MAPPING_IN:
            key = operations[U(index)].key
            place = find(row_table, shift, key)
            if row_table[place] == key:
                row = np.int64(row_table[place + ONE])
            else:
                row = make_row(
                    st, us, operations, index, place, levels, nodes, node_table, frames, frame_table, rows,
                    places, native_places, row_table,
                )  # fmt: skip
                if row < 0:
                    status = -row
                    break
            operations[U(index)].row = row
        index += 1
    st[s.RESOLVED] = index
    return status


@compiled
def make_row(
    st, us, operations, index, place, levels, nodes, node_table, frames, frame_table, rows, places,
    native_places, row_table,
):  # fmt: skip
    """The new row of an operation, entered at ``place`` of its table; below zero is minus a Status."""
    row = st[s.ROWS]
    if row >= len(rows):
        return -GROW_ROWS
    node = find_node(st, us, operations[index].level, levels, nodes, node_table, frames, frame_table)
    if node < -1:
        return node
    row_table[place] = operations[index].key
    row_table[place + ONE] = U(row)
    places[row].node = node
    places[row].label = operations[index].label
    places[row].kind = operations[index].kind
    if st[s.NATIVE] != 0:
        native_places[row].native = operations[index].native
        native_places[row].generation = st[s.GENERATION]
    st[s.ROWS] += 1
    return row


@compiled
def find_node(st, us, innermost, levels, nodes, node_table, frames, frame_table):
    """The node of the path that ends at a level, -1 for no path; below that minus a Status.

    Outwards to the first level that is known; those inside it are made, the outermost first.
    """
    shift = us[s.NODE_SHIFT]
    level = np.int64(innermost)
    while level >= 0 and levels[level].node < 0:
        prefetch(node_table, ((levels[level].hash * GOLDEN) >> shift) << ONE)
        level = np.int64(levels[level].outer)
    level = np.int64(innermost)
    missing = 0
    while level >= 0 and levels[level].node < 0:
        place = find(node_table, shift, levels[level].hash)
        if node_table[place] != ZERO:
            levels[level].node = np.int64(node_table[place + ONE])
            break
        missing += 1
        level = np.int64(levels[level].outer)
    parent = np.int64(-1)
    if level >= 0:
        parent = np.int64(levels[level].node)
    if missing == 0:
        return parent
    if st[s.NODES] + missing > len(nodes):
        return -GROW_NODES
    if st[s.FRAMES] + missing > len(frames):
        return -GROW_FRAMES
    first = st[s.NODES]
    st[s.NODES] += missing
    level = np.int64(innermost)
    for node in range(first + missing - 1, first - 1, -1):
        place = find(node_table, shift, levels[level].hash)
        node_table[place] = levels[level].hash
        node_table[place + ONE] = U(node)
        nodes[node].parent = node - 1 if node > first else parent
        nodes[node].frame = find_frame(st, us, levels[level].code, levels[level].place, frames, frame_table)
        levels[level].node = node
        level = np.int64(levels[level].outer)
    return first + missing - 1


@compiled
def find_frame(st, us, code, offset, frames, frame_table):
    """The frame of this code object and place, made where it is new; there is room for one."""
    key = mix(code * GOLDEN + U(offset)) | ONE
    place = find(frame_table, us[s.FRAME_SHIFT], key)
    if frame_table[place] == key:
        return np.int64(frame_table[place + ONE])
    frame = st[s.FRAMES]
    frame_table[place] = key
    frame_table[place + ONE] = U(frame)
    frames[frame].code = code
    frames[frame].place = offset
    st[s.FRAMES] += 1
    return frame


@compiled
def forget_popped(st, levels, moved, threads, stack):
    """Keep only the levels that are on a thread's stack; no operation may be pending.

    ``threads`` hold their depths. ``moved`` (int32, one a level) is scratch.
    """
    for level in range(st[s.LEVELS]):
        moved[level] = -1
    for thread in range(st[s.THREADS]):
        for entry in range(threads[thread].base, threads[thread].base + threads[thread].depth):
            moved[stack[entry]] = 0
    kept = 0
    for level in range(st[s.LEVELS]):
        if moved[level] == 0:
            moved[level] = kept
            outer = levels[level].outer
            levels[kept].hash = levels[level].hash
            levels[kept].code = levels[level].code
            levels[kept].place = levels[level].place
            levels[kept].node = levels[level].node
            levels[kept].outer = moved[outer] if outer >= 0 else -1
            kept += 1
    for thread in range(st[s.THREADS]):
        for entry in range(threads[thread].base, threads[thread].base + threads[thread].depth):
            stack[entry] = moved[stack[entry]]
    st[s.LEVELS] = kept
