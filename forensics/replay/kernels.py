"""The compiled passes over events. Every array is fixed while a loop runs.

A callsite's *group* stands for all callsites that every hypothesis treats alike, so that the
weights of a pass fit the cache however many callsites there are. Weights are fixed-point, parts of
`ONE`, and sums stay integers: a removal (weight 0) is exact to the byte, a factor to 1/65536.
"""

from __future__ import annotations

import numpy as np

from forensics.compiled import compiled

ONE = 1 << 16


@compiled
def advance_peaks(
    callsites, sizes, intervals, first, group_of, groups, weights, sums, best, best_at, best_interval
):
    """Move every hypothesis over one chunk: running sum, its maximum and where that is.

    callsites, sizes, intervals: one event each. first: sequence number of the first. group_of: by
    callsite. groups: uint32 scratch, one an event. weights: hypothesis by group. sums, best, best_at,
    best_interval: by hypothesis, updated.

    One hypothesis after the other over the chunk, its sum and maximum in registers: six times
    faster than one event after the other, whose stores of maxima keep the loop from pipelining.
    """
    for i in range(len(callsites)):
        groups[i] = group_of[callsites[i]]
    for h in range(len(sums)):
        held, top, at = sums[h], best[h], -1
        row = weights[h]
        for i in range(len(callsites)):
            held += row[groups[i]] * sizes[i]
            if held > top:
                top = held
                at = i
        sums[h] = held
        if at >= 0:
            best[h] = top
            best_at[h] = first + at
            best_interval[h] = intervals[at]


@compiled
def advance_bins(callsites, sizes, intervals, first, group_of, bin_of, current, live, top, top_rows, top_at):
    """Keep, for each bin of time, what every group held at the highest moment inside the bin.

    bin_of: by interval + 1 (an event before the first record has interval -1). current: the bin the
    pass is in, -1 at the start; the new one is returned. live: by group, then the whole as the
    last element. top, top_at: by bin. top_rows: bin by group.
    """
    groups = len(live) - 1
    for i in range(len(callsites)):
        wanted = bin_of[intervals[i] + 1]
        while current < wanted:
            current += 1
            top[current] = live[groups]
            top_at[current] = first + i - 1
            for g in range(groups):
                top_rows[current, g] = live[g]
        live[group_of[callsites[i]]] += sizes[i]
        live[groups] += sizes[i]
        if live[groups] > top[current]:
            top[current] = live[groups]
            top_at[current] = first + i
            for g in range(groups):
                top_rows[current, g] = live[g]
    return current


@compiled
def advance_growth(callsites, sizes, intervals, group_of, bin_of, live, top, grown, gross):
    """Per bin of time, how far each group rose above its own highest level so far, and all it asked for.

    bin_of: by interval + 1. live, top: by group, updated. grown, gross: bin by group, added to.
    """
    for i in range(len(callsites)):
        size = sizes[i]
        group = group_of[callsites[i]]
        live[group] += size
        if size > 0:
            row = bin_of[intervals[i] + 1]
            gross[row, group] += size
            if live[group] > top[group]:
                grown[row, group] += live[group] - top[group]
                top[group] = live[group]


@compiled
def advance_factors(callsites, sizes, group_of, target, live, factor):
    """Lower each group's largest factor at which the whole stays within target bytes.

    Where the heap T passes the target while group g holds m: T - (1 - f) m <= target, so
    f <= 1 - (T - target) / m. A negative result means that removing the group does not suffice.
    live: by group, then the whole as the last element. factor: by group, starts at 1.
    """
    groups = len(live) - 1
    for i in range(len(callsites)):
        live[group_of[callsites[i]]] += sizes[i]
        live[groups] += sizes[i]
        over = live[groups] - target
        if over > 0 and sizes[i] > 0:
            for g in range(groups):
                allowed = 1.0 - over / live[g] if live[g] > 0 else -1.0
                if allowed < factor[g]:
                    factor[g] = allowed


@compiled
def advance_lowest(callsites, sizes, live, lowest):
    """Follow the live bytes of each callsite and the lowest they fall to."""
    for i in range(len(callsites)):
        site = callsites[i]
        live[site] += sizes[i]
        if live[site] < lowest[site]:
            lowest[site] = live[site]


def compile_kernels() -> None:
    """Run every kernel once over a single event."""
    site, size, row = np.zeros(1, np.int32), np.ones(1, np.int64), np.zeros((1, 1), np.int64)
    pair = np.zeros(2, np.int64)
    groups = np.zeros(1, np.uint32)
    advance_peaks(site, size, site, 0, site, groups, row + ONE, size - 1, size - 1, size - 2, site - 1)
    advance_bins(site, size, site, 0, site, np.zeros(2, np.int32), -1, pair, size - 1, row, size - 1)
    advance_growth(site, size, site, site, np.zeros(2, np.int32), size - 1, size - 1, row, row)
    advance_factors(site, size, site, 1, pair, np.ones(1))
    advance_lowest(site, size, size - 1, size - 1)
