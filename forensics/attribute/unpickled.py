"""Call paths that unpickled something, told by the sizes of their blocks: ``pickle.load`` leaves no frame.

An unpickler keeps a memo of what it has built, an array of pointers that doubles when it is full
(Modules/_pickle.c, ``_Unpickler_MemoPut``): blocks of exactly 1, 2, 4, 8, … KiB, one after another, each
as often as something was unpickled. Nothing else in CPython grows so: lists take an eighth more, sets
four times as much, dicts are no powers of two.
"""

from __future__ import annotations

import numpy as np

from forensics.capture import Capture

#: The rungs that have to be there, in bytes; a memo of 4,096 objects has them all.
RUNGS = tuple(1 << power for power in range(10, 16))
#: What made less than this at one call path is not worth a look.
LEAST_BYTES = 1 << 20


def unpickled_callsites(capture: Capture, candidates: np.ndarray) -> np.ndarray:
    """A bool per callsite: those of the candidates whose blocks climb the ladder of a memo.

    Without events nothing can be told but what a stored history says, and none is.
    """
    if capture.history is not None and len(capture.history.unpickled) == len(candidates):
        return candidates & capture.history.unpickled
    found = np.zeros(len(candidates), dtype=bool)
    if capture.event_stream is None or "allocated" not in capture.moments:
        return found
    made = capture.profile("allocated").own()
    sites = np.flatnonzero(candidates & (made >= LEAST_BYTES)) if len(made) == len(candidates) else found[:0]
    if not len(sites):
        return found
    found[sites[_climbs(_rungs(capture, sites, len(candidates)))]] = True
    return found


def _rungs(capture: Capture, sites: np.ndarray, n_callsites: int) -> np.ndarray:
    """How many blocks of each rung's size each of these callsites made, int64 [site, rung]."""
    counts = np.zeros((len(sites), len(RUNGS)), np.int64)
    row_of = np.full(n_callsites, -1, np.int64)
    row_of[sites] = np.arange(len(sites))
    for chunk in capture.events():
        rung = np.searchsorted(RUNGS, chunk.bytes)
        exact = np.asarray(RUNGS)[np.minimum(rung, len(RUNGS) - 1)] == chunk.bytes
        row = row_of[chunk.callsite_id]
        chosen = exact & (row >= 0)
        np.add.at(counts, (row[chosen], rung[chosen]), 1)
    return counts


def _climbs(counts: np.ndarray) -> np.ndarray:
    """A bool per row: every rung is there, about as often as the next."""
    return (counts.min(axis=1) > 0) & (counts.max(axis=1) <= 2 * counts.min(axis=1))
