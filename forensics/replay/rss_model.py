"""Resident memory as a function of the heap, fitted to what this very capture recorded.

RSS follows the heap with a baseline (interpreter, libraries, recorder) and a slope (allocator
overhead raises it, memory that is mapped but never touched lowers it). Both are taken from the
capture's own pairs; nothing is assumed about other programs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forensics.capture import Capture

#: Points that the pairs are thinned to: enough for a robust line, few enough for all pairwise slopes.
POINTS = 64
#: A slope outside this range is a coincidence, not an allocator: RSS cannot fall as the heap grows,
#: and size classes, headers and fragmentation rarely cost half as much again.
SLOPES = (0.0, 1.5)
#: For one group the range is wider: an import brings shared libraries, whose pages are no heap at all
#: (measured on eager_model: 115 MiB of heap and 267 MiB of RSS came with one import).
SHARES = (0.0, 4.0)


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An estimate with the range that nine in ten like it fall into."""

    low: int
    expected: int
    high: int


@dataclass(frozen=True, kw_only=True)
class RssModel:
    """RSS = baseline + slope x heap, on running maxima; residuals are the 5 % and 95 % quantiles."""

    baseline_bytes: int
    slope: float
    slope_low: float
    slope_high: float
    residual_low: int
    residual_high: int
    pairs: int

    def predict(self, heap_bytes: int) -> Interval:
        """RSS of a run of this program whose heap peaks at this many bytes."""
        line = self.baseline_bytes + self.slope * heap_bytes
        return Interval(
            low=max(0, int(line + self.residual_low)),
            expected=max(0, int(line)),
            high=max(0, int(line + self.residual_high)),
        )

    def less(self, rss_bytes: int, saves_bytes: int) -> Interval:
        """RSS of this run had its heap's peak been lower by so much."""
        return Interval(
            low=max(0, int(rss_bytes - self.slope_high * saves_bytes)),
            expected=max(0, int(rss_bytes - self.slope * saves_bytes)),
            high=max(0, int(rss_bytes - self.slope_low * saves_bytes)),
        )


@dataclass(frozen=True, kw_only=True)
class Share:
    """Resident bytes per requested byte, with the range over several widths of bins."""

    low: float
    expected: float
    high: float

    def less(self, rss_bytes: int, saves_bytes: int) -> Interval:
        """RSS of this run had the group not asked for these bytes."""
        return Interval(
            low=max(0, int(rss_bytes - self.high * saves_bytes)),
            expected=max(0, int(rss_bytes - self.expected * saves_bytes)),
            high=max(0, int(rss_bytes - self.low * saves_bytes)),
        )


def fit_rss(capture: Capture) -> RssModel | None:
    """The model of this capture's RSS; None with fewer than 8 pairs or a heap that never grows.

    Theil-Sen on running maxima: RSS that stays up after a free would otherwise bend the line.
    https://en.wikipedia.org/wiki/Theil-Sen_estimator
    """
    line = capture.timeline
    known = (line["rss_bytes"].to_numpy() > 0) & (line["heap_bytes"].to_numpy() >= 0)
    if known.sum() < 8:
        return None
    heap = np.maximum.accumulate(line["heap_bytes"].to_numpy()[known]).astype(np.float64)
    rss = np.maximum.accumulate(line["rss_bytes"].to_numpy()[known]).astype(np.float64)
    if heap[-1] <= heap[0]:
        return None
    x, y = _levels(heap, rss)
    if len(x) < 3:
        return None
    slope, low, high = _slopes(x, y)
    baseline = float(np.median(y - slope * x))
    residual = y - baseline - slope * x
    return RssModel(
        baseline_bytes=int(baseline),
        slope=slope,
        slope_low=low,
        slope_high=high,
        residual_low=int(np.quantile(residual, 0.05)),
        residual_high=int(np.quantile(residual, 0.95)),
        pairs=int(known.sum()),
    )


def resident_share(curve: pd.DataFrame, group: str) -> Share | None:
    """How much of a group's heap became resident as the group grew; None where it cannot be told.

    ``curve`` is `heap_curve` with this group and ``(rest)``. Growth of RSS is explained by growth of
    the two (running maxima, least squares, between 0 and 4), at four widths of bins:
    pages are touched after they are requested, so a narrow bin misses some and a wide one mixes.
    """
    usable = curve[curve["rss_bytes"] > 0]
    found = [share for bins in (20, 40, 80, 160) if (share := _share_at(usable, group, bins)) is not None]
    if not found:
        return None
    return Share(low=min(found), expected=float(np.median(found)), high=max(found))


def weighted(shares: Sequence[Share], weights: Sequence[float]) -> Share:
    """The mean of several groups' shares."""
    return Share(
        low=float(np.average([share.low for share in shares], weights=weights)),
        expected=float(np.average([share.expected for share in shares], weights=weights)),
        high=float(np.average([share.high for share in shares], weights=weights)),
    )


def _share_at(curve: pd.DataFrame, group: str, bins: int) -> float | None:
    if len(curve) < bins:
        return None
    edges = np.linspace(0, len(curve), bins, endpoint=False).astype(np.int64)
    rest = curve["heap_bytes"].to_numpy() - curve[group].to_numpy()
    mine, others, rss = (
        np.diff(np.maximum.accumulate(np.maximum.reduceat(values.astype(np.float64), edges)))
        for values in (curve[group].to_numpy(), rest, curve["rss_bytes"].to_numpy())
    )
    if not mine.any():
        return None
    both = np.stack([mine, others], axis=1)
    share = float(np.linalg.lstsq(both, rss, rcond=None)[0][0]) if others.any() else -1.0
    alone = float((mine @ rss) / (mine @ mine))
    return min(max(share if share >= 0 else alone, SHARES[0]), SHARES[1])


def _levels(heap: np.ndarray, rss: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One pair per level of the heap, so that time spent at one level does not weigh."""
    edges = np.linspace(heap[0], heap[-1], POINTS + 1)
    level = np.searchsorted(edges, heap, side="left")
    last = np.flatnonzero(np.diff(level, append=level[-1] + 1))
    return heap[last], rss[last]


def _slopes(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
    """Median, 5 % and 95 % of the pairwise slopes, each weighted by its distance in heap."""
    i, j = np.triu_indices(len(x), k=1)
    run = x[j] - x[i]
    usable = run > 0
    slopes = ((y[j] - y[i])[usable] / run[usable]).clip(*SLOPES)
    order = np.argsort(slopes)
    share = np.cumsum(run[usable][order]) / run[usable].sum()
    low, middle, high = (float(slopes[order][np.searchsorted(share, q)]) for q in (0.05, 0.5, 0.95))
    return middle, low, high
