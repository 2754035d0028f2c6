"""Open-addressed hash tables in plain arrays, compiled.

A table is uint64, two words a slot: a key (0 is free) and a value. Slots are a power of two, picked
by the top bits of a multiplication (Knuth, TAOCP 6.4); collisions go to the next slot.
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled, inlined

U = np.uint64
ZERO = U(0)
ONE = U(1)
GOLDEN = U(0x9E3779B97F4A7C15)
MIX_A = U(0xBF58476D1CE4E5B9)
MIX_B = U(0x94D049BB133111EB)
_WORD = (1 << 64) - 1


@compiled
def mix(value):
    """A 64-bit finaliser (splitmix64): every input bit reaches every output bit."""
    value = (value ^ (value >> U(30))) * MIX_A
    value = (value ^ (value >> U(27))) * MIX_B
    return value ^ (value >> U(31))


@inlined
def find(table, shift, key):
    """Twice the slot that holds ``key`` or, free, where it belongs: the place of its key word."""
    mask = U(len(table) - 2)
    place = ((key * GOLDEN) >> shift) << ONE
    while True:
        held = table[place]
        if held == key or held == ZERO:
            return place
        place = (place + U(2)) & mask


@inlined
def remove(table, shift, place):
    """Free a slot and move up what was pushed past it, so that no tombstones are needed."""
    mask = U(len(table) - 2)
    hole = place
    place = (place + U(2)) & mask
    while True:
        key = table[place]
        if key == ZERO:
            break
        home = ((key * GOLDEN) >> shift) << ONE
        if ((place - home) & mask) >= ((place - hole) & mask):
            table[hole] = key
            table[hole + ONE] = table[place + ONE]
            hole = place
        place = (place + U(2)) & mask
    table[hole] = ZERO


@compiled
def refill(old, table, shift):
    """Enter everything that one table holds into a larger empty one."""
    for slot in range(len(old) >> 1):
        key = old[2 * slot]
        if key != ZERO:
            place = find(table, shift, key)
            table[place] = key
            table[place + ONE] = old[2 * slot + 1]


def mixed(value: int) -> int:
    """What `mix` makes of a number, for the few that no loop needs."""
    value = (value ^ (value >> 30)) * int(MIX_A) & _WORD
    value = (value ^ (value >> 27)) * int(MIX_B) & _WORD
    return value ^ (value >> 31)


def shift_of(table: np.ndarray) -> int:
    """The shift that leaves as many top bits as the table has slots."""
    return 64 - (len(table) // 2).bit_length() + 1
