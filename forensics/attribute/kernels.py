"""The compiled passes over a tree of callsites. A parent comes before its children: one ordered pass each."""

from __future__ import annotations

import numba as nb
import numpy as np

NONE = -1
#: What is only read may be read-only; pandas hands out such arrays.
_IDS = nb.types.Array(nb.int32, 1, "C", readonly=True)
_FLAGS = nb.types.Array(nb.boolean, 1, "C", readonly=True)
_TABLE = nb.types.Array(nb.boolean, 2, "C", readonly=True)
_FOUND = nb.int32[::1]


@nb.njit(_FOUND(_IDS, _FLAGS), cache=True, nogil=True)
def innermost(parents, marked):
    """Per callsite, the nearest marked callsite on its path, itself included; -1 none."""
    found = np.empty(len(parents), np.int32)
    for site in range(len(parents)):
        above = parents[site]
        found[site] = site if marked[site] else (found[above] if above >= 0 else NONE)
    return found


@nb.njit(_FOUND(_IDS, _FLAGS), cache=True, nogil=True)
def outermost(parents, marked):
    """Per callsite, the outermost marked callsite on its path, itself included; -1 none."""
    found = np.empty(len(parents), np.int32)
    for site in range(len(parents)):
        above = parents[site]
        held = found[above] if above >= 0 else NONE
        found[site] = held if held != NONE else (site if marked[site] else NONE)
    return found


@nb.njit(_FOUND(_IDS, _FLAGS, _FLAGS), cache=True, nogil=True)
def first_below(parents, marked, resets):
    """Per callsite, the first marked callsite on its path after the last one that resets; -1 none."""
    found = np.empty(len(parents), np.int32)
    for site in range(len(parents)):
        above = parents[site]
        held = found[above] if above >= 0 else NONE
        if resets[site]:
            found[site] = NONE
        else:
            found[site] = held if held != NONE else (site if marked[site] else NONE)
    return found


@nb.njit(
    nb.void(_IDS, _IDS, _TABLE, _FLAGS, _FLAGS, _FOUND, _FOUND, _FOUND, _FOUND),
    cache=True,
    nogil=True,
)
def hold(parents, rule, yields, cleared, clears, held, at, second, second_at):
    """Fill the last four, each by callsite: see `forensics.attribute.sweep.holders`."""
    for site in range(len(parents)):
        above, mine = parents[site], rule[site]
        held[site], at[site] = mine, (site if mine != NONE else NONE)
        second[site], second_at[site] = NONE, NONE
        if above < 0:
            continue
        outer = held[above]
        ended = outer != NONE and clears[site] and cleared[outer]
        keeps = outer != NONE and not ended and (mine == NONE or yields[outer, mine])
        if keeps:
            held[site], at[site] = outer, at[above]
        beaten = mine if keeps else (NONE if ended else outer)
        if beaten != NONE and beaten != held[site]:
            second[site], second_at[site] = beaten, (site if keeps else at[above])
        else:
            second[site], second_at[site] = second[above], second_at[above]


def compile_kernels() -> None:
    """Nothing is left to do: with their signatures given, importing this module compiled them."""
