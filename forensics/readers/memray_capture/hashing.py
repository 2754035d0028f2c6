"""Open-addressed hash tables in plain arrays, compiled.

Two kinds. An *index* maps a 64-bit hash to a row number of some table that keeps the hashes: int32
slots, -1 free. The *live* table maps an address to its row and size: two uint64 a slot, 0 free.
Slots are a power of two, picked by the top bits of a multiplication (Knuth, TAOCP 6.4).
"""

from __future__ import annotations

import numpy as np
from numba import njit

U = np.uint64
ZERO = U(0)
ONE = U(1)
GOLDEN = U(0x9E3779B97F4A7C15)
MIX_A = U(0xBF58476D1CE4E5B9)
MIX_B = U(0x94D049BB133111EB)
#: A live slot's second word: the low bits are the size, the others the row.
SIZE_BITS = U(36)
SIZE_MASK = U((1 << 36) - 1)
#: Largest number of rows that a live slot can name.
MOST_ROWS = 1 << 28


@njit(cache=True, nogil=True)
def mix(value):
    """A 64-bit finaliser (splitmix64): every input bit reaches every output bit."""
    value = (value ^ (value >> U(30))) * MIX_A
    value = (value ^ (value >> U(27))) * MIX_B
    return value ^ (value >> U(31))


@njit(cache=True, nogil=True)
def find_index(slots, shift, hashes, key):
    """The row whose hash is ``key``, or ``-1 - slot`` of the free slot where it belongs."""
    mask = U(len(slots) - 1)
    slot = (key * GOLDEN) >> shift
    while True:
        row = slots[slot]
        if row < 0:
            return -1 - np.int64(slot)
        if hashes[U(row)] == key:
            return np.int64(row)
        slot = (slot + ONE) & mask


@njit(cache=True, nogil=True)
def fill_index(slots, shift, hashes, count):
    """Enter the first ``count`` rows into free slots; equal hashes do not occur."""
    mask = U(len(slots) - 1)
    for row in range(count):
        slot = (hashes[row] * GOLDEN) >> shift
        while slots[slot] >= 0:
            slot = (slot + ONE) & mask
        slots[slot] = row


@njit(cache=True, nogil=True)
def find_live(live, shift, key):
    """The slot that holds ``key`` or, free, where it belongs."""
    mask = U((len(live) >> 1) - 1)
    slot = (key * GOLDEN) >> shift
    while True:
        held = live[slot << ONE]
        if held == key or held == ZERO:
            return slot
        slot = (slot + ONE) & mask


@njit(cache=True, nogil=True)
def remove_live(live, shift, slot):
    """Free a slot and move up what was pushed past it, so that no tombstones are needed."""
    mask = U((len(live) >> 1) - 1)
    hole = slot
    slot = (slot + ONE) & mask
    while True:
        key = live[slot << ONE]
        if key == ZERO:
            break
        home = (key * GOLDEN) >> shift
        if ((slot - home) & mask) >= ((slot - hole) & mask):
            live[hole << ONE] = key
            live[(hole << ONE) + ONE] = live[(slot << ONE) + ONE]
            hole = slot
        slot = (slot + ONE) & mask
    live[hole << ONE] = ZERO


@njit(cache=True, nogil=True)
def refill_live(old, live, shift):
    """Move everything from one live table to a larger empty one."""
    for slot in range(len(old) >> 1):
        key = old[2 * slot]
        if key != ZERO:
            place = find_live(live, shift, key)
            live[place << ONE] = key
            live[(place << ONE) + ONE] = old[2 * slot + 1]
