"""How much of the resident set came with a group of callsites: read off the order of things in time.

RSS is one number for the process, so no profiler says whose pages are resident. But every memory
record stands between events: what RSS rose by between two records came while some callsites were
growing. Each rise is shared out among the groups that rose above their own highest level in the
same stretch; where none did (a library mapped, pages touched later), among those that asked for
memory at all, else it goes to whoever was the last. Weights that are mapped and never touched so get
next to nothing, and an import gets the shared libraries that came with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from forensics.capture import Capture
from forensics.replay import kernels
from forensics.replay.stream import chunks

#: Widths, in memory records, at which rises are shared out: pages are touched after they are
#: requested, so a narrow stretch misses some of it and a wide one mixes. The spread is the range given.
#: A width is used from this many stretches on.
WIDTHS = (1, 5, 20)
STRETCHES = 4


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An estimate in bytes, with its range."""

    low: int
    expected: int
    high: int


def resident_bytes(capture: Capture, groups: Mapping[str, np.ndarray]) -> dict[str, Interval]:
    """Bytes of RSS that came with each group (name to bool mask over callsites, not overlapping).

    Counts up to the highest RSS; with what no group covers and what was resident before the first
    record they add up to it, at each width. Empty where the capture has no RSS over time.
    """
    rss = capture.timeline["rss_bytes"].to_numpy()
    if len(rss) < 2 or rss.max(initial=0) <= 0:
        return {}
    grown, gross = _activity(capture, groups)
    risen = np.diff(np.maximum.accumulate(rss), append=rss.max())
    widths = [width for width in WIDTHS if width == 1 or len(rss) >= STRETCHES * width]
    estimates = np.stack([_shared_out(risen, grown, gross, width) for width in widths])
    return {
        name: Interval(
            low=int(estimates[:, g].min()),
            expected=int(np.median(estimates[:, g])),
            high=int(estimates[:, g].max()),
        )
        for g, name in enumerate(groups)
    }


def _activity(capture: Capture, groups: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """(grown, gross): int64 by timeline row and group, the last group being the rest."""
    rows, width = len(capture.timeline), len(groups) + 1
    masks = list(groups.values())
    group_of = np.full(len(masks[0]) if masks else 0, len(groups), np.int32)
    for position, mask in enumerate(masks):
        group_of[mask] = position
    bin_of = np.arange(-1, rows).clip(min=0).astype(np.int32)
    live, top = np.zeros(width, np.int64), np.zeros(width, np.int64)
    grown, gross = np.zeros((rows, width), np.int64), np.zeros((rows, width), np.int64)
    for chunk in chunks(capture):
        kernels.advance_growth(
            chunk.callsite_id, chunk.bytes, chunk.interval, group_of, bin_of, live, top, grown, gross
        )
    return grown, gross


def _shared_out(risen: np.ndarray, grown: np.ndarray, gross: np.ndarray, width: int) -> np.ndarray:
    """Bytes of RSS by group, float64, when stretches are this many records wide."""
    edges = np.arange(0, len(risen), width)
    rises = np.add.reduceat(risen, edges).astype(np.float64)
    weights = np.add.reduceat(grown, edges, axis=0).astype(np.float64)
    idle = weights.sum(axis=1) == 0
    weights[idle] = np.add.reduceat(gross, edges, axis=0)[idle]
    active = weights.sum(axis=1) > 0
    last = np.maximum.accumulate(np.where(active, np.arange(len(active)), 0))
    weights = weights[last]
    totals = weights.sum(axis=1)
    weights[totals == 0, -1] = 1.0
    return (weights / weights.sum(axis=1, keepdims=True) * rises[:, None]).sum(axis=0)
