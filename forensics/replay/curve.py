"""The heap over time, thinned without losing a maximum."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from forensics.capture import Capture
from forensics.replay import kernels
from forensics.replay.stream import chunks


def heap_curve(
    capture: Capture, groups: Mapping[str, np.ndarray] | None = None, *, points: int = 400
) -> pd.DataFrame:
    """What the heap held over time: one row per bin of time, at the highest moment inside it.

    Columns: time (datetime64[ns, UTC], start of the bin), sequence int64 (of that moment), rss_bytes
    int64 (highest of the bin, -1 unknown), heap_bytes int64, and one int64 column per group. Groups
    map a name to a bool mask over callsites; they must not overlap; what none covers is the column
    ``(rest)``, if anything. The maximum of ``heap_bytes`` is the exact peak.
    """
    edges = _edges(capture, points)
    names, group_of = _partition(capture, groups or {})
    live = np.zeros(len(names) + 1, np.int64)
    top = np.zeros(len(edges), np.int64)
    top_at = np.full(len(edges), -1, np.int64)
    rows = np.zeros((len(edges), len(names)), np.int64)
    bin_of = _bin_of(capture, edges)
    current = -1
    for chunk in chunks(capture):
        current = kernels.advance_bins(
            chunk.callsite_id, chunk.bytes, chunk.interval, chunk.first, group_of, bin_of,
            current, live, top, rows, top_at,
        )  # fmt: skip
    top[current + 1 :], rows[current + 1 :], top_at[current + 1 :] = (
        live[-1],
        live[:-1],
        top_at.max(initial=-1),
    )
    table = _bins(capture, edges).assign(sequence=top_at, heap_bytes=top)
    for position, name in enumerate(names):
        if name != "(rest)" or rows[:, position].any() or not groups:
            table[name] = rows[:, position]
    return table


def near_peaks(curve: pd.DataFrame, *, share: float = 0.95) -> pd.DataFrame:
    """Stretches of time whose heap reaches this share of the peak: time, sequence, heap_bytes, highest first.

    A stretch ends where the heap falls below the share; each gives its own highest moment.
    """
    heap = curve["heap_bytes"].to_numpy()
    near = heap >= share * heap.max(initial=0)
    stretch = np.cumsum(np.diff(near.astype(np.int8), prepend=0) == 1)
    rows = curve[near].assign(stretch=stretch[near])
    best = rows.loc[rows.groupby("stretch")["heap_bytes"].idxmax(), ["time", "sequence", "heap_bytes"]]
    return best.sort_values("heap_bytes", ascending=False, ignore_index=True)


def _edges(capture: Capture, points: int) -> np.ndarray:
    """The first timeline row of each bin; every timeline row is its own bin when there are few."""
    rows = max(1, len(capture.timeline))
    return np.unique(np.linspace(0, rows, min(points, rows), endpoint=False).astype(np.int64))


def _bin_of(capture: Capture, edges: np.ndarray) -> np.ndarray:
    """Bin of each interval, shifted by one: interval -1 counts as the first."""
    intervals = np.arange(-1, max(1, len(capture.timeline)))
    return (np.searchsorted(edges, intervals.clip(min=0), side="right") - 1).astype(np.int32)


def _bins(capture: Capture, edges: np.ndarray) -> pd.DataFrame:
    if not len(capture.timeline):
        return pd.DataFrame({"time": pd.to_datetime([pd.NaT], utc=True), "rss_bytes": np.array([-1])})
    rss = np.maximum.reduceat(capture.timeline["rss_bytes"].to_numpy(), edges)
    return pd.DataFrame(
        {"time": capture.timeline["time"].iloc[edges].reset_index(drop=True), "rss_bytes": rss}
    )


def _partition(capture: Capture, groups: Mapping[str, np.ndarray]) -> tuple[list[str], np.ndarray]:
    profile = capture.profile("allocated" if "allocated" in capture.profiles else None)
    group_of = np.full(len(profile.callsites), len(groups), np.int32)
    for position, mask in enumerate(groups.values()):
        group_of[mask] = position
    return [*groups, "(rest)"], group_of
