"""Compiled passes over the finished tree: merging equal locations, dropping the recorder's frames."""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled
from forensics.readers.memray_capture.hashing import GOLDEN, U


@compiled
def merge_nodes(parents, places, slots, shift, new_id, new_parent, new_place):
    """Fold nodes that have the same parent and the same place after folding.

    ``parents`` (parent before child, -1 outermost), ``places``: location id of each. ``slots``: -1
    everywhere. Fills the new id of each node, and parent and place of each new one, in the old
    order; how many there are.
    """
    count = len(parents)
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
    return made


@compiled
def fill_depths(parents, found):
    """The depth of each node, 0 outermost; parents come before their children."""
    for node in range(len(parents)):
        found[node] = found[parents[node]] + 1 if parents[node] >= 0 else 0


@compiled
def mark_used(parents, wanted, used):
    """Set ``used`` for every node among ``wanted`` (-1 is none) and everything above one."""
    for node in wanted:
        if node >= 0:
            used[node] = True
    for node in range(len(parents) - 1, -1, -1):
        if used[node] and parents[node] >= 0:
            used[parents[node]] = True
