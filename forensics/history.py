"""What callsites held over the program's work, where the events themselves were not kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

#: The columns of what changed at one callsite in one step.
CHANGES = ("step", "bytes", "blocks", "added")


@dataclass(frozen=True, kw_only=True, eq=False)
class History:
    """Changes at callsites, step of work by step, as parallel int64 arrays of one row a callsite and step.

    A callsite that is small stands for nothing here: it is counted at a larger one of the same owner and
    cause. So sums over what one function holds are true, those of a single callsite need not be.
    """

    callsite_id: np.ndarray
    #: From 0; of ``interval``, which has one entry a step.
    step: np.ndarray
    #: By how much that which is alive changed, and how many allocations there were.
    bytes: np.ndarray
    blocks: np.ndarray
    added: np.ndarray
    #: int64 per step: the row of the timeline that its end fell into, -1 before the first.
    interval: np.ndarray
    #: int64 per callsite: bytes after the last allocation of work, when only the exit is left.
    last_bytes: np.ndarray
    #: A bool per callsite: it unpickled something, by the sizes of its blocks.
    unpickled: np.ndarray
