"""The compiled passes over a tree of callsites. A parent comes before its children: one ordered pass each."""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled

NONE = -1


@compiled
def innermost(parents, marked, found):
    """Fill, per callsite, the nearest marked callsite on its path, itself included; -1 none."""
    for site in range(len(parents)):
        above = parents[site]
        found[site] = site if marked[site] else (found[above] if above >= 0 else NONE)


@compiled
def outermost(parents, marked, found):
    """Fill, per callsite, the outermost marked callsite on its path, itself included; -1 none."""
    for site in range(len(parents)):
        above = parents[site]
        held = found[above] if above >= 0 else NONE
        found[site] = held if held != NONE else (site if marked[site] else NONE)


@compiled
def first_below(parents, marked, resets, found):
    """Fill, per callsite, the first marked callsite on its path after the last one that resets; -1 none."""
    for site in range(len(parents)):
        above = parents[site]
        held = found[above] if above >= 0 else NONE
        if resets[site]:
            found[site] = NONE
        else:
            found[site] = held if held != NONE else (site if marked[site] else NONE)


@compiled
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
    """Run every pass once over a single callsite."""
    parents, marked, found = np.full(1, NONE, np.int32), np.zeros(1, np.bool_), np.zeros(1, np.int32)
    innermost(parents, marked, found)
    outermost(parents, marked, found)
    first_below(parents, marked, marked, found)
    hold(parents, parents, np.zeros((1, 1), np.bool_), marked, marked, found, found, found, found)
