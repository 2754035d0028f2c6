"""Memory over time: what a capture recorded, and by cause what its replay found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forensics.capture import Capture
from forensics.text import format_bytes, format_count
from forensics.views.figure import Figure, marked
from forensics.views.palette import HEAP, INK, OTHER, RSS, colour
from forensics.views.time_chart import Series, TimeChart, time_figure

if TYPE_CHECKING:
    from forensics.replay import Replay

#: A line keeps at most this many points: the lowest and highest of each of half as many stretches.
LARGEST_LINE = 1200
#: More areas than this are not told apart; the smaller ones are one "other" area.
LARGEST_STACK = 7
#: A cause that never holds this share of the peak is part of that area too.
SMALLEST_AREA = 0.005
_CURVE_COLUMNS = ("time", "sequence", "rss_bytes", "heap_bytes")


def timeline_figure(capture: Capture, *, limit_bytes: int | None = None) -> Figure:
    """Heap and RSS of a capture over time; the limit is the recorded one unless another is given.

    A dump without a history gives a figure that says so. Thinning keeps every extreme.
    """
    limit_bytes = limit_bytes or capture.limit_bytes
    wanted = (("heap", "heap_bytes", HEAP), ("RSS", "rss_bytes", RSS))
    lines = [_series(name, ink, thinned(counter(capture, column))) for name, column, ink in wanted]
    lines = [line for line in lines if len(line.seconds)]
    return time_figure(
        TimeChart(
            title=marked(_title(lines, limit_bytes), capture.origin),
            lines=lines,
            limit_bytes=limit_bytes,
            empty="this dump is one snapshot without a history",
        )
    )


def replay_figure(
    replayed: Replay, *, limit_bytes: int | None = None, mark: tuple[float, str] | None = None
) -> Figure:
    """The heap over time by cause, RSS above it; the exact peak marked, or another moment and its name."""
    capture, curve = replayed.capture, replayed.curve
    limit_bytes = limit_bytes or capture.limit_bytes
    seconds = curve_seconds(replayed)
    rss = curve["rss_bytes"].to_numpy()
    lines = [Series("RSS", INK, seconds[rss > 0], rss[rss > 0])] if (rss > 0).any() else []
    top = int(curve["heap_bytes"].to_numpy().argmax())
    peak = f"peak {format_bytes(replayed.peak_bytes)}"
    title = f"The heap by cause: {peak}" + (f" · limit {format_bytes(limit_bytes)}" if limit_bytes else "")
    return time_figure(
        TimeChart(
            title=marked(title, capture.origin),
            lines=lines,
            areas=_areas(curve, seconds),
            limit_bytes=limit_bytes,
            mark=mark or (float(seconds[top]), peak),
        )
    )


def curve_seconds(replayed: Replay) -> np.ndarray:
    """The time of each row of the curve on the clock of the figures: seconds from the first record."""
    if not len(replayed.capture.timeline):
        return np.zeros(len(replayed.curve))
    return _seconds(replayed.curve, _start(replayed.capture))


def _areas(curve: pd.DataFrame, seconds: np.ndarray) -> list[Series]:
    """The causes by their highest value, the biggest at the bottom, what is left as one area."""
    causes = [name for name in curve.columns if name not in _CURVE_COLUMNS]
    ranked = sorted(causes, key=lambda cause: (-int(curve[cause].max()), cause))
    visible = int(curve["heap_bytes"].max()) * SMALLEST_AREA
    shown = [cause for cause in ranked if int(curve[cause].max()) >= visible][:LARGEST_STACK]
    rest = ranked[len(shown) :]
    areas = [Series(cause, colour(cause), seconds, curve[cause].to_numpy()) for cause in shown]
    if rest:
        left = curve[rest].sum(axis=1).to_numpy()
        areas.append(Series(f"other ({format_count(len(rest))} causes)", OTHER, seconds, left))
    return [area for area in areas if area.bytes.any()]


def counter(capture: Capture, column: str) -> pd.DataFrame:
    """One counter as (seconds, bytes): seconds from the first record, unknown values left out.

    What the dump itself does not count comes from the side-car's samples.
    """
    table = capture.timeline
    if column not in table or not (table[column] > 0).any():
        samples = capture.sidecar.samples if capture.sidecar else pd.DataFrame()
        table = samples if column in samples and len(samples) else table.head(0)
    known = table[table[column] >= 0] if column in table else table.head(0)
    seconds = _seconds(known, _start(capture)) if len(known) else np.zeros(0)
    held = known[column].to_numpy(np.int64) if len(known) else np.zeros(0, np.int64)
    return pd.DataFrame({"seconds": seconds, "bytes": held})


def thinned(line: pd.DataFrame, limit: int = LARGEST_LINE) -> pd.DataFrame:
    """At most ``limit`` points, in order, among them the lowest and highest of every stretch."""
    if len(line) <= limit:
        return line
    stretch = np.arange(len(line)) * (limit // 2) // len(line)
    grouped = line["bytes"].reset_index(drop=True).groupby(stretch)
    rows = np.unique(np.concatenate([grouped.idxmin().to_numpy(), grouped.idxmax().to_numpy()]))
    return line.iloc[rows].reset_index(drop=True)


def _start(capture: Capture) -> int:
    """The first record of the dump or its side-car, whichever is earlier, in ns since the epoch."""
    samples = capture.sidecar.samples if capture.sidecar else pd.DataFrame()
    return min(int(_nanoseconds(table)[0]) for table in (capture.timeline, samples) if len(table))


def _seconds(table: pd.DataFrame, start: int) -> np.ndarray:
    return (_nanoseconds(table) - start) / 1e9


def _nanoseconds(table: pd.DataFrame) -> np.ndarray:
    return pd.DatetimeIndex(table["time"]).as_unit("ns").asi8


def _series(name: str, ink: str, line: pd.DataFrame) -> Series:
    return Series(name, ink, line["seconds"].to_numpy(), line["bytes"].to_numpy())


def _title(lines: list[Series], limit_bytes: int | None) -> str:
    if not lines:
        return "Over time: this dump is one snapshot, it has no history"
    peaks = ", ".join(f"{line.name} up to {format_bytes(line.bytes.max())}" for line in lines)
    return f"Over time: {peaks}" + (f" · limit {format_bytes(limit_bytes)}" if limit_bytes else "")
