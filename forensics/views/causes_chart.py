"""Bars of bytes by cause, drawn to the scale of the container's limit where one is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from forensics.text import format_bytes, format_share
from forensics.views.escape import plotly_text
from forensics.views.figure import WIDTH, Figure, axis, layout
from forensics.views.palette import LIMIT, colour, ink_on
from forensics.views.static import Canvas, text_width

ALL = "all causes"
ROW_PIXELS = 26
_TOP, _BOTTOM = 52, 14


class Bar(NamedTuple):
    """One row, as it is drawn; its colour is that of the cause, by default the label."""

    label: str
    bytes: int
    blocks: int
    share: float
    cause: str = ""


def causes_figure(title: str, rows: Sequence[Bar], *, limit_bytes: int | None = None) -> Figure:
    """A bar for the whole, then one a cause in the order given; a line shows what the whole may hold."""
    whole = Bar(ALL, sum(row.bytes for row in rows), sum(row.blocks for row in rows), 1.0)
    return bars_figure(title, [whole, *rows], limit_bytes=limit_bytes)


def bars_figure(title: str, bars: Sequence[Bar], *, limit_bytes: int | None = None) -> Figure:
    """One bar a row, in the order given, and the limit.

    The limit is drawn only where it falls inside four times the widest bar: further out it would
    press the bars flat, and the title says it instead.
    """
    height = _TOP + ROW_PIXELS * max(len(bars), 1) + _BOTTOM
    widest = max((bar.bytes for bar in bars), default=0) or 1
    drawn_limit = limit_bytes if limit_bytes and limit_bytes <= 4 * widest else None
    if limit_bytes:
        title = f"{title} · limit {format_bytes(limit_bytes)}"
    return Figure(
        title=title,
        summary="; ".join(f"{bar.label} {_measure(bar)}" for bar in bars) or "nothing is held",
        plotly={"data": [_trace(bars)], "layout": _layout(title, height, widest, drawn_limit)},
        png=_picture(title, bars, height, widest, drawn_limit),
        height=height,
    )


def _measure(bar: Bar) -> str:
    return f"{format_bytes(bar.bytes)} ({format_share(bar.share)})"


def _trace(bars: Sequence[Bar]) -> dict[str, Any]:
    fills = [colour(bar.cause or bar.label) for bar in bars]
    widest = max((bar.bytes for bar in bars), default=0)
    return {
        "type": "bar",
        "orientation": "h",
        "y": [plotly_text(bar.label) for bar in bars],
        "x": [bar.bytes for bar in bars],
        "text": [_measure(bar) for bar in bars],
        "customdata": [[f"{bar.blocks:,} blocks" if bar.blocks else ""] for bar in bars],
        # By our own rule: plotly leaves out the text of a bar that is thinner than a pixel.
        "textposition": ["inside" if bar.bytes * 3 > widest else "outside" for bar in bars],
        "insidetextfont": {"color": [ink_on(fill) for fill in fills]},
        "cliponaxis": False,
        "marker": {"color": fills},
        "hovertemplate": "<b>%{y}</b><br>%{text}<br>%{customdata[0]}<extra></extra>",
    }


def _layout(title: str, height: int, widest: int, limit_bytes: int | None) -> dict[str, Any]:
    reach = max(widest * 1.22, (limit_bytes or 0) * 1.05)
    shapes = [_limit_line(limit_bytes)] if limit_bytes else []
    notes = [_limit_note(limit_bytes)] if limit_bytes else []
    return layout(
        title,
        height,
        xaxis=axis(range=[0, reach], visible=False, fixedrange=True),
        yaxis=axis(autorange="reversed", fixedrange=True, ticksuffix=" "),
        bargap=0.25,
        showlegend=False,
        shapes=shapes,
        annotations=notes,
    )


def _limit_line(limit_bytes: int) -> dict[str, Any]:
    line = {"color": LIMIT, "dash": "dash", "width": 2}
    return {
        "type": "line",
        "x0": limit_bytes,
        "x1": limit_bytes,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": line,
    }


def _limit_note(limit_bytes: int) -> dict[str, Any]:
    return {
        "text": "limit", "showarrow": False, "font": {"color": LIMIT}, "x": limit_bytes,
        "xanchor": "right", "y": 1, "yref": "paper", "yanchor": "bottom",
    }  # fmt: skip


def _picture(title: str, bars: Sequence[Bar], height: int, widest: int, limit_bytes: int | None) -> bytes:
    canvas = Canvas(WIDTH, height)
    canvas.text(8, 18, title, size=15, within=WIDTH - 16)
    left = 20 + max((text_width(bar.label) for bar in bars), default=0)
    reach = max(widest * 1.22, (limit_bytes or 0) * 1.05)
    scale = (WIDTH - 12 - left) / reach
    for row, bar in enumerate(bars):
        top = _TOP + row * ROW_PIXELS
        canvas.text(left - 8, top + 10, bar.label, anchor="rm")
        end = left + bar.bytes * scale
        canvas.box(left, top, max(end, left + 1), top + 20, colour(bar.cause or bar.label))
        canvas.text(end + 6, top + 10, _measure(bar))
    if limit_bytes:
        x = left + limit_bytes * scale
        canvas.line([(x, _TOP - 8), (x, height - _BOTTOM)], LIMIT, 1.5)
        canvas.text(x - 5, _TOP - 10, "limit", size=11, ink=LIMIT, anchor="rm")
    return canvas.png()
