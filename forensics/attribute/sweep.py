"""Spreading what holds for a frame over the call paths below it, one vectorised step per depth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

NONE = -1


def levels(callsites: pd.DataFrame) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of each depth from 1 on with their parents' rows, outermost first."""
    depths = callsites["depth"].to_numpy()
    parents = callsites["parent_id"].to_numpy()
    if not len(depths):
        return
    order = np.argsort(depths, kind="stable")
    ends = np.cumsum(np.bincount(depths))
    for start, end in pairwise(ends):
        rows = order[start:end]
        yield rows, parents[rows]


def innermost(callsites: pd.DataFrame, marked: np.ndarray) -> np.ndarray:
    """Per callsite, the nearest callsite on its path (itself included) that is marked; -1 if none."""
    found = np.where(marked, np.arange(len(marked)), NONE)
    for rows, parents in levels(callsites):
        found[rows] = np.where(marked[rows], rows, found[parents])
    return found


def outermost(callsites: pd.DataFrame, marked: np.ndarray) -> np.ndarray:
    """Per callsite, the outermost callsite on its path (itself included) that is marked; -1 if none."""
    found = np.where(marked, np.arange(len(marked)), NONE)
    for rows, parents in levels(callsites):
        found[rows] = np.where(found[parents] != NONE, found[parents], found[rows])
    return found


def holders(
    callsites: pd.DataFrame, rule: np.ndarray, *, yields: np.ndarray, cleared: np.ndarray, clears: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Per callsite: the rule that decides, the callsite it matched at, the runner-up and its callsite.

    ``rule`` int32 per callsite: the rule that its own frame matches, -1 none. The innermost match
    decides, unless the one further out outranks it: ``yields[outer, inner]`` bool. A callsite with
    ``clears`` ends what rules in ``cleared`` (bool per rule) hold. The runner-up is the last rule of
    another kind that held or matched further out or in, -1 none.
    """
    held, at = rule.copy(), np.where(rule != NONE, np.arange(len(rule)), NONE)
    second, second_at = np.full_like(rule, NONE), np.full_like(at, NONE)
    for rows, parents in levels(callsites):
        mine, outer = rule[rows], held[parents]
        ended = clears[rows] & (outer != NONE) & cleared[outer]
        keeps = (outer != NONE) & ~ended & ((mine == NONE) | yields[outer, mine])
        held[rows] = np.where(keeps, outer, mine)
        at[rows] = np.where(keeps, at[parents], np.where(mine != NONE, rows, NONE))
        beaten = np.where(keeps, mine, np.where(ended, NONE, outer))
        beaten_at = np.where(keeps, rows, at[parents])
        fresh = (beaten != NONE) & (beaten != held[rows])
        second[rows] = np.where(fresh, beaten, second[parents])
        second_at[rows] = np.where(fresh, beaten_at, second_at[parents])
    return held, at, second, second_at


def first_below(callsites: pd.DataFrame, marked: np.ndarray, resets: np.ndarray) -> np.ndarray:
    """Per callsite, the first marked callsite on its path after the last one that resets; -1 if none."""
    found = np.where(marked & ~resets, np.arange(len(marked)), NONE)
    for rows, parents in levels(callsites):
        above = found[parents]
        found[rows] = np.where(resets[rows], NONE, np.where(above != NONE, above, found[rows]))
    return found
