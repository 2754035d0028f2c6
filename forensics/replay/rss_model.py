"""Resident memory as a function of the heap, fitted to what this very capture recorded.

RSS follows the heap with a baseline (interpreter, libraries, recorder) and a slope (allocator
overhead raises it, memory that is mapped but never touched lowers it). Both are taken from the
capture's own pairs; nothing is assumed about other programs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.capture import Capture
from forensics.replay.resident import Interval

#: Points that the pairs are thinned to: enough for a robust line, few enough for all pairwise slopes.
POINTS = 64
#: A slope outside this range is a coincidence, not an allocator: RSS cannot fall as the heap grows,
#: and size classes, headers and fragmentation rarely cost half as much again.
SLOPES = (0.0, 1.5)


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
        """RSS of a run of this program whose heap peaks at this many bytes; the range holds nine in ten."""
        line = self.baseline_bytes + self.slope * heap_bytes
        return Interval(
            low=max(0, int(line + self.residual_low)),
            expected=max(0, int(line)),
            high=max(0, int(line + self.residual_high)),
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
