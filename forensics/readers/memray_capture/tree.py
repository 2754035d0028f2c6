"""Compiled passes over the finished tree: merging equal locations, dropping the recorder's frames."""

from __future__ import annotations

import numpy as np
from numba import njit

from forensics.readers.memray_capture.hashing import GOLDEN, U


@njit(cache=True, nogil=True)
def merge_nodes(parents, places, slots, shift):
    """Fold nodes that have the same parent and the same place after folding.

    ``parents`` int64 (parent before child, -1 outermost), ``places`` int64 location id of each.
    Returns (new id of each node, parent of each new one, place of each new one), in the old order.
    """
    count = len(parents)
    new_id = np.empty(count, np.int64)
    new_parent = np.empty(count, np.int32)
    new_place = np.empty(count, np.int32)
    made = 0
    mask = U(len(slots) - 1)
    for node in range(count):
        parent = new_id[parents[node]] if parents[node] >= 0 else np.int64(-1)
        place = places[node]
        slot = ((U(parent + 1) * GOLDEN) ^ U(place)) * GOLDEN >> shift
        found = np.int64(-1)
        while slots[slot] >= 0:
            held = np.int64(slots[slot])
            if new_parent[held] == parent and new_place[held] == place:
                found = held
                break
            slot = (slot + U(1)) & mask
        if found < 0:
            found = made
            slots[slot] = made
            new_parent[made] = parent
            new_place[made] = place
            made += 1
        new_id[node] = found
    return new_id, new_parent[:made], new_place[:made]


@njit(cache=True, nogil=True)
def depths(parents):
    """int32 depth of each node, 0 outermost; parents come before their children."""
    found = np.zeros(len(parents), np.int32)
    for node in range(len(parents)):
        if parents[node] >= 0:
            found[node] = found[parents[node]] + 1
    return found


@njit(cache=True, nogil=True)
def mark_used(parents, wanted):
    """True for every node among ``wanted`` (-1 is none) and everything above one."""
    used = np.zeros(len(parents), np.bool_)
    for node in wanted:
        if node >= 0:
            used[node] = True
    for node in range(len(parents) - 1, -1, -1):
        if used[node] and parents[node] >= 0:
            used[parents[node]] = True
    return used
