"""The smallest set of causes or owners whose removal, or scaling, brings the heap under a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from forensics.capture import Capture
from forensics.replay import kernels
from forensics.replay.stream import chunks
from forensics.replay.what_if import peaks

#: Candidates whose subsets are all tried, and up to which size.
EXACT_CANDIDATES = 12
EXACT_SIZE = 3


@dataclass(frozen=True, kw_only=True)
class Fix:
    """What to take away so that the heap's peak stays within ``target_bytes``.

    ``removed`` is empty where it fits already, and where nothing that was tried suffices
    (``peak_bytes`` then still is above the target). ``factor`` is the largest share of ``removed``
    that may stay, exact, where a single candidate suffices; else 0.
    """

    removed: tuple[str, ...]
    factor: float
    peak_bytes: int
    target_bytes: int
    #: ``exact``: no smaller set, and no other of this size, leaves a lower peak; ``greedy``: one that fits.
    method: Literal["none needed", "exact", "greedy", "none found"]

    @property
    def fits(self) -> bool:
        return self.peak_bytes <= self.target_bytes

    def __str__(self) -> str:
        if self.method == "none needed":
            return "fits as it is"
        if not self.fits:
            return (
                f"nothing tried fits; without {' + '.join(self.removed)} the peak is {self.peak_bytes} bytes"
            )
        share = f", or at most {self.factor:.1%} of it" if self.factor > 0 else ""
        return f"without {' + '.join(self.removed)}{share} ({self.method})"


def smallest_fix(
    capture: Capture,
    groups: Mapping[str, np.ndarray],
    *,
    target_bytes: int,
    at_peak: np.ndarray,
    peak_bytes: int,
) -> Fix:
    """The smallest set of groups whose removal fits; among equals the one with the lowest peak.

    ``groups``: name to bool mask over callsites. ``at_peak``: own bytes of each callsite at the
    recorded peak. All subsets of up to 3 of the 12 groups with the highest
    peaks of their own are tried exactly; beyond that
    the group that lowers the peak most is taken again and again (greedy).
    """
    if peak_bytes <= target_bytes:
        return Fix(
            removed=(), factor=1.0, peak_bytes=peak_bytes, target_bytes=target_bytes, method="none needed"
        )
    held = {name: int(at_peak[mask].sum()) for name, mask in groups.items()}
    own_peak = dict(zip(groups, peaks(capture, [mask * 1.0 for mask in groups.values()]).bytes, strict=True))
    heaviest = sorted((n for n in groups if own_peak[n] > 0), key=lambda n: (-own_peak[n], n))[
        :EXACT_CANDIDATES
    ]
    for size in range(1, EXACT_SIZE + 1):
        best = _best_of_size(capture, groups, held, heaviest, size, peak_bytes - target_bytes)
        if best is not None and best[1] <= target_bytes:
            factor = _largest_factor(capture, groups[best[0][0]], target_bytes) if size == 1 else 0.0
            return Fix(
                removed=best[0], factor=factor, peak_bytes=best[1], target_bytes=target_bytes, method="exact"
            )
    return _greedy(capture, groups, heaviest, target_bytes, peak_bytes)


def _best_of_size(
    capture: Capture,
    groups: Mapping[str, np.ndarray],
    held: Mapping[str, int],
    names: list[str],
    size: int,
    needed: int,
) -> tuple[tuple[str, ...], int] | None:
    """The subset of this size with the lowest peak; one that held too little at the old peak cannot fit."""
    tried = [s for s in combinations(names, size) if sum(held[name] for name in s) >= needed]
    if not tried:
        return None
    found = peaks(capture, [_kept(groups, subset) for subset in tried]).bytes
    lowest = int(np.argmin(found))
    return tried[lowest], int(found[lowest])


def _greedy(
    capture: Capture, groups: Mapping[str, np.ndarray], names: list[str], target_bytes: int, peak_bytes: int
) -> Fix:
    removed: tuple[str, ...] = ()
    while peak_bytes > target_bytes and len(removed) < len(names):
        left = [name for name in names if name not in removed]
        found = peaks(capture, [_kept(groups, (*removed, name)) for name in left]).bytes
        lowest = int(np.argmin(found))
        removed, peak_bytes = (*removed, left[lowest]), int(found[lowest])
    method: Literal["greedy", "none found"] = "greedy" if peak_bytes <= target_bytes else "none found"
    return Fix(removed=removed, factor=0.0, peak_bytes=peak_bytes, target_bytes=target_bytes, method=method)


def _kept(groups: Mapping[str, np.ndarray], names: tuple[str, ...]) -> np.ndarray:
    return 1.0 - np.logical_or.reduce([groups[name] for name in names]).astype(np.float64)


def _largest_factor(capture: Capture, mask: np.ndarray, target_bytes: int) -> float:
    """The largest share of these callsites' bytes that may stay, in [0, 1]."""
    live, factor = np.zeros(3, np.int64), np.ones(2)
    group_of = np.where(mask, 0, 1).astype(np.int32)
    for chunk in chunks(capture):
        kernels.advance_factors(chunk.callsite_id, chunk.bytes, group_of, target_bytes, live, factor)
    return float(max(0.0, factor[0]))
