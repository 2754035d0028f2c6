"""Sums over callsites and events, compiled: ids point at rows, and parents come before their callsites."""

from __future__ import annotations

from forensics.compiled import compiled


@compiled
def add_rows(sums, rows, values):
    """Add each value to the sum of its row."""
    for i in range(len(rows)):
        sums[rows[i]] += values[i]


@compiled
def add_to_parents(sums, parents):
    """Add what each callsite has to its parent, the last first: then every sum has its subtree in it."""
    for callsite in range(len(parents) - 1, -1, -1):
        if parents[callsite] >= 0:
            sums[parents[callsite]] += sums[callsite]


@compiled
def add_steps(sites, sizes, signs, intervals, group_of, work, done, width, held, counted, added, reached):
    """Add events to the sums of their step and group; how many allocations of work were done by then.

    A step is ``width`` allocations at callsites of ``work``. ``held``, ``counted``, ``added``: bytes, blocks
    and allocations, step by group. ``reached``: the last interval of each step.
    """
    for i in range(len(sites)):
        site = sites[i]
        if work[site] and signs[i] > 0:
            done += 1
        step = done // width
        reached[step] = max(reached[step], intervals[i])
        group = group_of[site]
        if group >= 0:
            held[step, group] += sizes[i]
            counted[step, group] += signs[i]
            if signs[i] > 0:
                added[step, group] += 1
    return done


@compiled
def add_levels(sites, sizes, group_of, level):
    """Add events to what each group holds."""
    for i in range(len(sites)):
        group = group_of[sites[i]]
        if group >= 0:
            level[group] += sizes[i]


def compile_kernels() -> None:
    """Run each once; the sums over callsites over integers and over floats."""
    import numpy as np

    row, parent = np.zeros(1, np.int32), np.full(1, -1, np.int32)
    for kind in (np.int64, np.float64):
        add_rows(np.zeros(1, kind), row, np.ones(1, kind))
        add_to_parents(np.zeros(1, kind), parent)
    table, size, one = np.zeros((2, 1), np.int64), np.ones(1, np.int64), np.ones(1, np.int8)
    flag = np.ones(1, np.bool_)
    add_steps(row, size, one, row, row, flag, 0, 1, table, table, table, np.zeros(2, np.int64))
    add_levels(row, size, row, np.zeros(1, np.int64))
