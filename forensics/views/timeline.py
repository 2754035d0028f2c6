"""Heap and resident memory over time, with the container's limit and the moment of the peak."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forensics.capture import Capture
from forensics.text import format_bytes
from forensics.views.figure import WIDTH, Figure, axis, layout, marked
from forensics.views.palette import GRID, HEAP, LIMIT, RSS
from forensics.views.static import Canvas, text_width

#: A line keeps at most this many points: the lowest and highest of each of half as many buckets.
LARGEST_LINE = 1200
_HEIGHT = 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 20, 74, 34
_LINES = {"heap_bytes": ("heap", HEAP), "rss_bytes": ("RSS", RSS)}


def timeline_figure(capture: Capture, *, limit_bytes: int | None = None) -> Figure:
    """The capture's timeline; the limit is the recorded one unless another is given.

    A dump without a history gives a figure that says so. Thinning keeps every extreme.
    """
    limit_bytes = limit_bytes or capture.limit_bytes
    lines = {name: thinned(timeline_seconds(capture, column)) for column, (name, _) in _LINES.items()}
    lines = {name: line for name, line in lines.items() if len(line)}
    title = marked(_title(lines, limit_bytes), capture.origin)
    return Figure(
        title=title,
        summary=_summary(lines, limit_bytes),
        plotly={
            "data": [_trace(name, line) for name, line in lines.items()],
            "layout": _layout(title, lines, limit_bytes),
        },
        png=_picture(title, lines, limit_bytes),
        height=_HEIGHT,
    )


def timeline_seconds(capture: Capture, column: str) -> pd.DataFrame:
    """One counter as (seconds, bytes): seconds from the first record, unknown values left out.

    RSS of a dump that has none of its own comes from the side-car's samples.
    """
    table = capture.timeline
    if column not in table or not (table[column] > 0).any():
        samples = capture.sidecar.samples if capture.sidecar else pd.DataFrame()
        table = samples if column in samples and len(samples) else table.head(0)
    known = table[table[column] >= 0] if column in table else table.head(0)
    seconds = (_nanoseconds(known) - _start(capture)) / 1e9 if len(known) else np.zeros(0)
    held = known[column].to_numpy(np.int64) if len(known) else np.zeros(0, np.int64)
    return pd.DataFrame({"seconds": seconds, "bytes": held})


def _start(capture: Capture) -> int:
    """The first record of the dump or its side-car, whichever is earlier, in ns since the epoch."""
    samples = capture.sidecar.samples if capture.sidecar else pd.DataFrame()
    return min(int(_nanoseconds(table)[0]) for table in (capture.timeline, samples) if len(table))


def _nanoseconds(table: pd.DataFrame) -> np.ndarray:
    return pd.DatetimeIndex(table["time"]).as_unit("ns").asi8


def thinned(line: pd.DataFrame, limit: int = LARGEST_LINE) -> pd.DataFrame:
    """At most ``limit`` points, in order, among them the lowest and highest of every stretch."""
    if len(line) <= limit:
        return line
    stretch = np.arange(len(line)) * (limit // 2) // len(line)
    grouped = line["bytes"].reset_index(drop=True).groupby(stretch)
    rows = np.unique(np.concatenate([grouped.idxmin().to_numpy(), grouped.idxmax().to_numpy()]))
    return line.iloc[rows].reset_index(drop=True)


def _title(lines: dict[str, pd.DataFrame], limit_bytes: int | None) -> str:
    if not lines:
        return "Over time: this dump is one snapshot, it has no history"
    peaks = ", ".join(f"{name} up to {format_bytes(line['bytes'].max())}" for name, line in lines.items())
    return f"Over time: {peaks}" + (f" · limit {format_bytes(limit_bytes)}" if limit_bytes else "")


def _summary(lines: dict[str, pd.DataFrame], limit_bytes: int | None) -> str:
    said = [
        f"{name} peaks at {format_bytes(line['bytes'].max())} after {_peak_seconds(line):.1f} s"
        f" and ends at {format_bytes(line['bytes'].iloc[-1])}"
        for name, line in lines.items()
    ]
    said += [f"the limit is {format_bytes(limit_bytes)}"] if limit_bytes else []
    return "; ".join(said) or "no history"


def _peak_seconds(line: pd.DataFrame) -> float:
    return float(line["seconds"].iloc[int(line["bytes"].argmax())])


def _colour(name: str) -> str:
    return dict(_LINES.values())[name]


def _trace(name: str, line: pd.DataFrame) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [round(s, 3) for s in line["seconds"].to_list()],
        "y": line["bytes"].to_list(),
        "text": [format_bytes(held) for held in line["bytes"]],
        "hovertemplate": f"{name} %{{text}} after %{{x:.1f}} s<extra></extra>",
        "line": {"color": _colour(name), "width": 2},
        **({"fill": "tozeroy", "fillcolor": "rgba(0,114,178,0.15)"} if name == "heap" else {}),
    }


def _layout(title: str, lines: dict[str, pd.DataFrame], limit_bytes: int | None) -> dict[str, Any]:
    highest = _reach(lines, limit_bytes)
    ticks = byte_ticks(highest)
    shapes, notes = [], []
    if limit_bytes and limit_bytes <= highest:
        shapes = [_limit_line(limit_bytes)]
        notes = [_limit_note(limit_bytes)]
    return layout(
        title,
        _HEIGHT,
        xaxis=axis(title={"text": "seconds since the record began"}, rangemode="tozero"),
        yaxis=axis(range=[0, highest], tickvals=ticks, ticktext=[format_bytes(tick) for tick in ticks]),
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        showlegend=True,
        shapes=shapes,
        annotations=notes,
    )


def _limit_line(limit_bytes: int) -> dict[str, Any]:
    line = {"color": LIMIT, "dash": "dash", "width": 2}
    place = {"x0": 0, "x1": 1, "xref": "paper", "y0": limit_bytes, "y1": limit_bytes}
    return {"type": "line", **place, "line": line}


def _limit_note(limit_bytes: int) -> dict[str, Any]:
    return {
        "text": f"limit {format_bytes(limit_bytes)}", "x": 1, "xref": "paper", "xanchor": "right",
        "y": limit_bytes, "yanchor": "bottom", "showarrow": False, "font": {"color": LIMIT},
    }  # fmt: skip


def _reach(lines: dict[str, pd.DataFrame], limit_bytes: int | None) -> float:
    """The top of the vertical axis; a limit of more than three times the peak is left outside."""
    highest = max((int(line["bytes"].max()) for line in lines.values()), default=0) or 1
    return max(highest, limit_bytes if limit_bytes and limit_bytes <= 3 * highest else 0) * 1.12


def byte_ticks(highest: float) -> list[int]:
    """Four to eight round binary sizes from 0 up to ``highest`` bytes."""
    step = 1 << max(int(np.log2(max(highest, 8) / 4)), 0)
    return list(range(0, int(highest) + 1, step))


def _picture(title: str, lines: dict[str, pd.DataFrame], limit_bytes: int | None) -> bytes:
    canvas = Canvas(WIDTH, _HEIGHT)
    canvas.text(8, 18, title, size=15, within=WIDTH - 16)
    reach = _reach(lines, limit_bytes)
    floor, width = _HEIGHT - _BOTTOM, WIDTH - _LEFT - _RIGHT
    scale = (floor - _TOP) / reach
    for tick in byte_ticks(reach):
        canvas.line([(_LEFT, floor - tick * scale), (WIDTH - _RIGHT, floor - tick * scale)], GRID, 0.5)
        canvas.text(_LEFT - 6, floor - tick * scale, format_bytes(tick), size=11, anchor="rm")
    longest = max((float(line["seconds"].max()) for line in lines.values()), default=0) or 1
    for tick in np.linspace(0, longest, 6):
        canvas.text(_LEFT + tick / longest * width, floor + 14, f"{tick:.1f} s", size=11, anchor="mm")
    for name, line in lines.items():
        xs = _LEFT + line["seconds"].to_numpy() / longest * width
        ys = floor - line["bytes"].to_numpy() * scale
        canvas.line(list(zip(xs.tolist(), ys.tolist(), strict=True)), _colour(name), 1.5)
    if limit_bytes and limit_bytes <= reach:
        canvas.dashes(_LEFT, WIDTH - _RIGHT, floor - limit_bytes * scale, LIMIT)
        canvas.text(
            WIDTH - _RIGHT,
            floor - limit_bytes * scale - 9,
            f"limit {format_bytes(limit_bytes)}",
            ink=LIMIT,
            anchor="rm",
        )
    _draw_legend(canvas, list(lines))
    return canvas.png()


def _draw_legend(canvas: Canvas, names: list[str]) -> None:
    x = float(_LEFT)
    for name in names:
        canvas.line([(x, 50), (x + 18, 50)], _colour(name), 2)
        canvas.text(x + 24, 50, name)
        x += 48 + text_width(name)
