"""Spreading what holds for a frame over the call paths below it, in one ordered pass."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forensics.attribute import kernels

NONE = kernels.NONE


def innermost(callsites: pd.DataFrame, marked: np.ndarray) -> np.ndarray:
    """Per callsite, the nearest callsite on its path (itself included) that is marked; -1 if none."""
    found = np.empty(len(callsites), np.int32)
    kernels.innermost(_parents(callsites), _bools(marked), found)
    return found


def outermost(callsites: pd.DataFrame, marked: np.ndarray) -> np.ndarray:
    """Per callsite, the outermost callsite on its path (itself included) that is marked; -1 if none."""
    found = np.empty(len(callsites), np.int32)
    kernels.outermost(_parents(callsites), _bools(marked), found)
    return found


def first_below(callsites: pd.DataFrame, marked: np.ndarray, resets: np.ndarray) -> np.ndarray:
    """Per callsite, the first marked callsite on its path after the last one that resets; -1 if none."""
    found = np.empty(len(callsites), np.int32)
    kernels.first_below(_parents(callsites), _bools(marked), _bools(resets), found)
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
    found = tuple(np.empty(len(rule), np.int32) for _ in range(4))
    kernels.hold(
        _parents(callsites),
        np.ascontiguousarray(rule, np.int32),
        np.ascontiguousarray(yields, np.bool_),
        _bools(cleared),
        _bools(clears),
        *found,
    )
    return found  # type: ignore[return-value]


def _parents(callsites: pd.DataFrame) -> np.ndarray:
    return np.ascontiguousarray(callsites["parent_id"].to_numpy(), np.int32)


def _bools(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values, np.bool_)
