"""The smallest set of causes or owners whose removal, or scaling, brings a run under its limit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
class Resident:
    """The run's highest RSS, and how many resident bytes went with a requested byte of each group."""

    rss_bytes: int
    shares: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Fix:
    """What to take away so that the run stays within ``limit_bytes``.

    ``peak_bytes`` is the heap's exact peak then, ``rss_bytes`` the RSS expected with it (None where
    the limit was held against the heap, for want of RSS). ``factor`` is the largest share of
    ``removed`` that may stay where one group suffices, else 0.
    """

    removed: tuple[str, ...]
    factor: float
    peak_bytes: int
    rss_bytes: int | None
    limit_bytes: int
    #: ``exact``: no smaller set suffices, no other of this size leaves less; ``greedy``: one that fits.
    method: Literal["none needed", "exact", "greedy", "none found"]

    @property
    def fits(self) -> bool:
        return self.method != "none found"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from forensics.views.mimebundle import fix_bundle

        return fix_bundle(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class Search:
    """One question: these groups (name to bool mask over callsites), this limit.

    ``at_peak``: own bytes of each callsite at the recorded peak. Where ``resident`` is known the
    limit is held against the RSS expected, else against the heap.
    """

    capture: Capture
    groups: Mapping[str, np.ndarray]
    limit_bytes: int
    peak_bytes: int
    at_peak: np.ndarray
    resident: Resident | None = None
    _held: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        held = {name: int(self.at_peak[mask].sum()) for name, mask in self.groups.items()}
        object.__setattr__(self, "_held", held)

    def smallest(self) -> Fix:
        """The smallest set that suffices; among equals the one that leaves least.

        All subsets of up to 3 of the 12 groups with the highest peaks of their own are tried exactly;
        beyond that the group that lowers the peak most is taken again and again (greedy).
        """
        if self._left((), self.peak_bytes) <= self.limit_bytes:
            return self._fix((), self.peak_bytes, "none needed", factor=1.0)
        names = self._heaviest()
        for size in range(1, EXACT_SIZE + 1):
            best = self._best_of(combinations(names, size))
            if best is not None and self._left(*best) <= self.limit_bytes:
                factor = self._largest_factor(best[0][0]) if size == 1 else 0.0
                return self._fix(*best, "exact", factor=factor)
        return self._greedy(names)

    def _heaviest(self) -> list[str]:
        if not self.groups:
            return []
        own = peaks(self.capture, [mask * 1.0 for mask in self.groups.values()]).bytes
        by_peak = sorted(zip(self.groups, own, strict=True), key=lambda pair: (-pair[1], pair[0]))
        return [name for name, peak in by_peak if peak > 0][:EXACT_CANDIDATES]

    def _best_of(self, subsets: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], int] | None:
        """The subset that leaves least, with its peak; None where none can suffice.

        What a removal saves is never more than what it held at the recorded peak: subsets that held
        too little are not tried.
        """
        tried = [s for s in subsets if self._left(s, self._without(s)) <= self.limit_bytes]
        if not tried:
            return None
        found = [int(peak) for peak in peaks(self.capture, [self._kept(s) for s in tried]).bytes]
        return min(zip(tried, found, strict=True), key=lambda pair: self._left(*pair))

    def _greedy(self, names: list[str]) -> Fix:
        removed: tuple[str, ...] = ()
        peak = self.peak_bytes
        while self._left(removed, peak) > self.limit_bytes and len(removed) < len(names):
            tried = [(*removed, name) for name in names if name not in removed]
            found = [int(p) for p in peaks(self.capture, [self._kept(s) for s in tried]).bytes]
            removed, peak = min(zip(tried, found, strict=True), key=lambda pair: self._left(*pair))
        suffices = self._left(removed, peak) <= self.limit_bytes
        return self._fix(removed, peak, "greedy" if suffices else "none found")

    def _left(self, removed: tuple[str, ...], peak: int) -> float:
        """What is held against the limit: the RSS expected, or the heap's peak."""
        if self.resident is None:
            return peak
        return self.resident.rss_bytes - self._share(removed) * (self.peak_bytes - peak)

    def _share(self, removed: tuple[str, ...]) -> float:
        """Resident bytes per requested byte of these groups, weighted by what they held at the peak."""
        held = [self._held[name] for name in removed]
        if self.resident is None or not sum(held):
            return 0.0
        shares = [self.resident.shares.get(name, 0.0) for name in removed]
        return float(np.average(shares, weights=held))

    def _without(self, removed: tuple[str, ...]) -> int:
        """The heap at the recorded peak without these groups: the new peak is not below it."""
        return self.peak_bytes - sum(self._held[name] for name in removed)

    def _kept(self, removed: tuple[str, ...]) -> np.ndarray:
        return 1.0 - np.logical_or.reduce([self.groups[name] for name in removed])

    def _largest_factor(self, name: str) -> float:
        """The largest share of these callsites' bytes that may stay, in [0, 1]."""
        target = self.limit_bytes
        if self.resident is not None:
            over = self.resident.rss_bytes - self.limit_bytes
            target = int(self.peak_bytes - over / self._share((name,)))
        live, factor = np.zeros(3, np.int64), np.ones(2)
        group_of = np.where(self.groups[name], 0, 1).astype(np.int32)
        for chunk in chunks(self.capture):
            kernels.advance_factors(chunk.callsite_id, chunk.bytes, group_of, target, live, factor)
        return float(max(0.0, factor[0]))

    def _fix(
        self,
        removed: tuple[str, ...],
        peak: int,
        method: Literal["none needed", "exact", "greedy", "none found"],
        *,
        factor: float = 0.0,
    ) -> Fix:
        return Fix(
            removed=removed,
            factor=factor,
            peak_bytes=peak,
            rss_bytes=None if self.resident is None else max(0, int(self._left(removed, peak))),
            limit_bytes=self.limit_bytes,
            method=method,
        )
