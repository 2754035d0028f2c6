"""Sums over a tree of callsites, compiled: ids point at rows and parents come before their callsites."""

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


def compile_kernels() -> None:
    """Run both once over integers and once over floats."""
    import numpy as np

    row, parent = np.zeros(1, np.int32), np.full(1, -1, np.int32)
    for kind in (np.int64, np.float64):
        add_rows(np.zeros(1, kind), row, np.ones(1, kind))
        add_to_parents(np.zeros(1, kind), parent)
