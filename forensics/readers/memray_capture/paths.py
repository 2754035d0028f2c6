"""From a stack of pushed frames to a row: compiled look-ups that make what is new.

Pushes only hash. What is allocated looks up the row of (path hash, thread, allocator); where that
is new, the path's node is looked up from the inside out and made from there. Whatever needs room
answers with minus a `Status` before anything is half done.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.hashing import GOLDEN, ONE, ZERO, U, find, mix

GROW_ROWS = int(s.Status.GROW_ROWS)
GROW_NODES = int(s.Status.GROW_NODES)
GROW_FRAMES = int(s.Status.GROW_FRAMES)


@njit(cache=True, nogil=True, _nrt=False)
def find_row(
    st, us, key, kind, native, depth, base, stack, nodes, node_table, frames, frame_table, rows, places,
    native_places, row_table,
):  # fmt: skip
    """The row of this key, made where it is new; below zero is minus a Status."""
    place = find(row_table, us[s.ROW_SHIFT], key)
    if row_table[place] == key:
        return np.int64(row_table[place + ONE])
    row = st[s.ROWS]
    if row >= len(rows):
        return -GROW_ROWS
    node = find_node(st, us, depth, base, stack, nodes, node_table, frames, frame_table)
    if node < -1:
        return node
    row_table[place] = key
    row_table[place + ONE] = U(row)
    places[row].node = node
    places[row].label = st[s.LABEL]
    places[row].kind = kind
    if st[s.NATIVE] != 0:
        native_places[row].native = native
        native_places[row].generation = st[s.GENERATION]
    st[s.ROWS] += 1
    return row


@njit(cache=True, nogil=True, _nrt=False)
def find_node(st, us, depth, base, stack, nodes, node_table, frames, frame_table):
    """The node of the current path, -1 for an empty one; below that minus a Status.

    Down to the innermost level that is known, then up again making nodes.
    """
    shift = us[s.NODE_SHIFT]
    level = depth - 1
    while level >= 0:
        entry = U(base + level)
        if stack[entry].node >= 0:
            break
        place = find(node_table, shift, stack[entry].hash)
        if node_table[place] != ZERO:
            stack[entry].node = np.int64(node_table[place + ONE])
            break
        level -= 1
    parent = np.int64(-1)
    if level >= 0:
        parent = np.int64(stack[U(base + level)].node)
    for above in range(level + 1, depth):
        if st[s.NODES] >= len(nodes):
            return -GROW_NODES
        if st[s.FRAMES] >= len(frames):
            return -GROW_FRAMES
        entry = U(base + above)
        node = st[s.NODES]
        place = find(node_table, shift, stack[entry].hash)
        node_table[place] = stack[entry].hash
        node_table[place + ONE] = U(node)
        nodes[node].parent = parent
        nodes[node].frame = find_frame(st, us, stack[entry].code, stack[entry].place, frames, frame_table)
        st[s.NODES] += 1
        stack[entry].node = node
        parent = node
    return parent


@njit(cache=True, nogil=True, _nrt=False)
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
