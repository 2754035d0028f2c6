"""Bytes over time: stacked areas, lines and the limit, as plotly JSON and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from forensics.text import format_bytes
from forensics.views.escape import plotly_text
from forensics.views.figure import WIDTH, Figure, axis, layout
from forensics.views.palette import GRID, INK, LIMIT
from forensics.views.static import Canvas, text_width

HEIGHT = 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 24, 78, 36
#: A limit of more than this many times the highest value stays outside, and is said in the title.
_LIMIT_REACH = 3


class Series(NamedTuple):
    """One counter: seconds ascending, and bytes, of one length."""

    name: str
    colour: str
    seconds: np.ndarray
    bytes: np.ndarray


@dataclass(frozen=True, kw_only=True, eq=False)
class TimeChart:
    """What to draw. ``areas`` share their seconds and are stacked in this order, first at the bottom."""

    title: str
    lines: Sequence[Series]
    areas: Sequence[Series] = ()
    limit_bytes: int | None = None
    #: A moment to mark, in seconds, and its name.
    mark: tuple[float, str] | None = None
    empty: str = "no history"

    @property
    def reach(self) -> float:
        """The top of the vertical axis in bytes."""
        tops = [int(series.bytes.max()) for series in self.lines if len(series.bytes)]
        tops += [int(stacked(self.areas)[-1].max())] if self.areas else []
        highest = max(tops, default=0) or 1
        limit = self.limit_bytes or 0
        return max(highest, limit if limit <= _LIMIT_REACH * highest else 0) * 1.12

    @property
    def seconds(self) -> float:
        """The right end of the horizontal axis."""
        ends = [float(series.seconds[-1]) for series in (*self.lines, *self.areas) if len(series.seconds)]
        return max(ends, default=0) or 1


def time_figure(chart: TimeChart) -> Figure:
    """The chart in both forms."""
    return Figure(
        title=chart.title,
        summary=_summary(chart),
        plotly={"data": _traces(chart), "layout": _layout(chart)},
        png=_picture(chart),
        height=HEIGHT,
    )


def stacked(areas: Sequence[Series]) -> np.ndarray:
    """The upper edge of each area: one row an area, one column a point."""
    return np.cumsum([area.bytes for area in areas], axis=0)


def byte_ticks(highest: float) -> list[int]:
    """Four to eight round binary sizes from 0 up to ``highest`` bytes."""
    step = 1 << max(int(np.log2(max(highest, 8) / 4)), 0)
    return list(range(0, int(highest) + 1, step))


def _summary(chart: TimeChart) -> str:
    said = [
        f"{series.name} peaks at {format_bytes(series.bytes.max())}"
        f" after {series.seconds[series.bytes.argmax()]:.1f} s and ends at {format_bytes(series.bytes[-1])}"
        for series in chart.lines
    ]
    said += [f"the limit is {format_bytes(chart.limit_bytes)}"] if chart.limit_bytes else []
    return "; ".join(said) or chart.empty


def _traces(chart: TimeChart) -> list[dict[str, Any]]:
    areas = [
        {
            **_trace(area),
            "stackgroup": "causes",
            "fillcolor": area.colour,
            "line": {"width": 0, "color": area.colour},
        }
        for area in chart.areas
    ]
    return areas + [{**_trace(line), "line": {"color": line.colour, "width": 2}} for line in chart.lines]


def _trace(series: Series) -> dict[str, Any]:
    name = plotly_text(series.name)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [round(second, 3) for second in series.seconds.tolist()],
        "y": series.bytes.tolist(),
        "text": [format_bytes(held) for held in series.bytes.tolist()],
        "hovertemplate": f"{name} %{{text}} after %{{x:.2f}} s<extra></extra>",
    }


def _layout(chart: TimeChart) -> dict[str, Any]:
    ticks = byte_ticks(chart.reach)
    shapes, notes = [], []
    if chart.limit_bytes and chart.limit_bytes <= chart.reach:
        shapes.append(_line({"x0": 0, "x1": 1, "xref": "paper"}, "y", chart.limit_bytes, LIMIT))
        notes.append(_note(f"limit {format_bytes(chart.limit_bytes)}", 0, "paper", chart.limit_bytes, "y"))
    if chart.mark:
        shapes.append(_line({"y0": 0, "y1": 1, "yref": "paper"}, "x", chart.mark[0], INK))
        notes.append({**_note(chart.mark[1], chart.mark[0], "x", 1, "paper"), "font": {"color": INK}})
    return layout(
        chart.title,
        HEIGHT,
        xaxis=axis(title={"text": "seconds since the record began"}, range=[0, chart.seconds]),
        yaxis=axis(range=[0, chart.reach], tickvals=ticks, ticktext=[format_bytes(tick) for tick in ticks]),
        legend={"orientation": "h", "x": 0, "y": 1.04, "yanchor": "bottom", "traceorder": "normal"},
        margin={"l": 8, "r": 8, "t": 84, "b": 8},
        showlegend=True,
        shapes=shapes,
        annotations=notes,
    )


def _line(across: dict[str, Any], along: str, at: float, ink: str) -> dict[str, Any]:
    """A dashed line straight across the chart at one value of the other axis."""
    return {
        "type": "line",
        **across,
        f"{along}0": at,
        f"{along}1": at,
        "line": {"color": ink, "dash": "dash", "width": 1.5},
    }


def _note(text: str, x: float, xref: str, y: float, yref: str) -> dict[str, Any]:
    return {
        "text": plotly_text(text), "showarrow": False, "x": x, "xref": xref, "y": y, "yref": yref,
        "xanchor": "left" if xref == "paper" else "right", "yanchor": "bottom", "font": {"color": LIMIT},
    }  # fmt: skip


def _picture(chart: TimeChart) -> bytes:
    canvas = Canvas(WIDTH, HEIGHT)
    canvas.text(8, 18, chart.title, size=15, within=WIDTH - 16)
    _draw_axes(canvas, chart)
    _draw_areas(canvas, chart)
    for line in chart.lines:
        canvas.line(_points(chart, line.seconds, line.bytes), line.colour, 1.5)
    _draw_marks(canvas, chart)
    _draw_legend(canvas, [*chart.lines, *chart.areas])
    return canvas.png()


def _draw_areas(canvas: Canvas, chart: TimeChart) -> None:
    """Each area between its own upper edge and that of the one below it."""
    if not chart.areas:
        return
    edges = stacked(chart.areas)
    floors = np.vstack([np.zeros_like(edges[:1]), edges[:-1]])
    for area, edge, floor in zip(chart.areas, edges, floors, strict=True):
        below = _points(chart, area.seconds, floor)
        canvas.polygon([*_points(chart, area.seconds, edge), *below[::-1]], area.colour)


def _points(chart: TimeChart, seconds: np.ndarray, held: np.ndarray) -> list[tuple[float, float]]:
    xs = _LEFT + seconds / chart.seconds * (WIDTH - _LEFT - _RIGHT)
    ys = HEIGHT - _BOTTOM - held / chart.reach * (HEIGHT - _BOTTOM - _TOP)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def _draw_axes(canvas: Canvas, chart: TimeChart) -> None:
    for tick in byte_ticks(chart.reach):
        ((_, y),) = _points(chart, np.zeros(1), np.array([tick]))
        canvas.line([(_LEFT, y), (WIDTH - _RIGHT, y)], GRID, 0.5)
        canvas.text(_LEFT - 6, y, format_bytes(tick), size=11, anchor="rm")
    for second in np.linspace(0, chart.seconds, 6).tolist():
        ((x, y),) = _points(chart, np.array([second]), np.zeros(1))
        canvas.text(x, y + 15, f"{second:.1f} s", size=11, anchor="mm")


def _draw_marks(canvas: Canvas, chart: TimeChart) -> None:
    right = WIDTH - _RIGHT
    if chart.limit_bytes and chart.limit_bytes <= chart.reach:
        ((_, y),) = _points(chart, np.zeros(1), np.array([chart.limit_bytes]))
        canvas.dashes(_LEFT, right, y, LIMIT)
        canvas.text(_LEFT + 5, y - 9, f"limit {format_bytes(chart.limit_bytes)}", ink=LIMIT)
    if chart.mark:
        ((x, _),) = _points(chart, np.array([chart.mark[0]]), np.zeros(1))
        canvas.line([(x, _TOP), (x, HEIGHT - _BOTTOM)], INK, 1)
        to_the_left = x > WIDTH / 2
        x += -5 if to_the_left else 5
        canvas.text(x, _TOP + 8, chart.mark[1], size=11, anchor="rm" if to_the_left else "lm")


def _draw_legend(canvas: Canvas, shown: Sequence[Series]) -> None:
    """Names and colours on one line, as many as fit."""
    x = float(_LEFT)
    for series in shown:
        width = 26 + text_width(series.name)
        if x + width > WIDTH - _RIGHT:
            break
        canvas.box(x, 48, x + 14, 58, series.colour)
        canvas.text(x + 20, 53, series.name)
        x += width + 16
