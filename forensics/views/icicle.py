"""The icicle: who called whom for how much memory, coloured by cause."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forensics.causes import UNEXPLAINED
from forensics.profile import Profile, sum_subtrees
from forensics.text import format_bytes, format_count, format_share, visible
from forensics.views.escape import plotly_text
from forensics.views.figure import WIDTH, Figure, layout, marked
from forensics.views.palette import OTHER, colour, ink_on
from forensics.views.paths import short_path
from forensics.views.prune import LARGEST_FIGURE, SMALLEST_SHARE, folded_parents, pruned_tree
from forensics.views.static import Canvas, fitted, text_width

ROW_PIXELS = 20
_TOP = 44
_LEGEND = 24
#: Letters of a label that plotly gets even where they do not fit at first.
_SHORTEST = 24
_MOMENTS = {
    "peak": "at the peak",
    "end": "not freed at the end",
    "live": "alive",
    "allocated": "ever allocated",
}


def icicle_figure(
    profile: Profile, causes: np.ndarray | None = None, *, limit: int = LARGEST_FIGURE
) -> Figure:
    """The icicle of one profile, at most ``limit`` boxes; every bit that has none is in an "other".

    ``causes``: the cause of each allocation row of the profile; a box takes the colour of the cause
    that holds most of it. Frames of the import machinery are folded into the line that
    imports.
    """
    boxes = icicle_boxes(profile, causes, limit=limit)
    title = marked(f"Who called whom: {held_text(profile)}", profile.origin)
    height = _TOP + _LEGEND + ROW_PIXELS * (int(boxes["depth"].max()) + 1) + 8
    return Figure(
        title=title,
        summary=_summary(boxes),
        plotly={"data": [_trace(boxes)], "layout": _layout(title, boxes, height)},
        png=_picture(title, boxes, height),
        height=height,
    )


def icicle_boxes(
    profile: Profile, causes: np.ndarray | None, *, limit: int, smallest_share: float = SMALLEST_SHARE
) -> pd.DataFrame:
    """One row a box under one for the whole: the columns of ``pruned_tree`` and label, place, cause."""
    shown = folded_parents(profile)
    tree = pruned_tree(profile, limit=limit - 1, shown=shown, smallest_share=smallest_share)
    tree["parent"] += 1
    tree["depth"] += 1
    real = tree["callsite_id"].to_numpy() >= 0
    callsites = tree["callsite_id"].to_numpy()[real]
    frames = profile.frames.iloc[profile.callsites["frame_id"].to_numpy()[callsites]]
    root = profile.origin.repo_root
    tree["label"] = [f"other ({format_count(n)} smaller)" for n in tree["hidden"]]
    places = [
        _place(short_path(file, root), line)
        for file, line in zip(frames["file"], frames["line"], strict=True)
    ]
    tree.loc[real, "label"] = [
        _label(name, place) for name, place in zip(frames["function"], places, strict=True)
    ]
    tree["place"] = ""
    tree.loc[real, "place"] = places
    tree["cause"] = ""
    tree.loc[real, "cause"] = heaviest_causes(profile, causes)[callsites]
    whole = {
        "callsite_id": -1, "parent": -1, "depth": 0, "own": 0, "total": profile.total_bytes, "hidden": 0,
        "label": held_text(profile), "place": "", "cause": "",
    }  # fmt: skip
    return pd.concat([pd.DataFrame([whole]), tree], ignore_index=True)


def heaviest_causes(profile: Profile, causes: np.ndarray | None) -> np.ndarray:
    """Per callsite, the cause that holds most of its total; the first by name between equals."""
    best = np.full(len(profile.callsites), UNEXPLAINED, dtype=object)
    if causes is None:
        return best
    sites = profile.allocations["callsite_id"].to_numpy()
    held = profile.allocations["bytes"].to_numpy()
    most = np.zeros(len(best), np.int64)
    codes, names = pd.factorize(np.asarray(causes, dtype=object), sort=True)
    for code, cause in enumerate(names):
        own = np.zeros(len(best), np.int64)
        np.add.at(own, sites[codes == code], held[codes == code])
        total = sum_subtrees(own, profile.callsites)
        larger = total > most
        best[larger], most[larger] = cause, total[larger]
    return best


def _place(file: str, line: int) -> str:
    return f"{file}:{line}" if line else file


def _label(function: str, place: str) -> str:
    """What a box is called: a module's own code by its place, a function by its name and place."""
    if function == "<module>" and place:
        return place
    return f"{function} · {place}" if place else function


def held_text(profile: Profile) -> str:
    moment = _MOMENTS.get(profile.origin.moment, profile.origin.moment)
    return f"{format_bytes(profile.total_bytes)} {moment}".strip()


def _summary(boxes: pd.DataFrame) -> str:
    outer = boxes[(boxes["depth"] == 1)].head(3)
    named = ", ".join(
        f"{label} {format_bytes(b)}" for label, b in zip(outer["label"], outer["total"], strict=True)
    )
    return f"{len(boxes)} boxes; outermost: {named}" if named else "nothing is held"


def _fill(cause: str) -> str:
    return colour(cause) if cause else OTHER


def _trace(boxes: pd.DataFrame) -> dict[str, Any]:
    fills = [_fill(cause) for cause in boxes["cause"]]
    whole = max(int(boxes["total"].iloc[0]), 1)
    return {
        "type": "icicle",
        "ids": [str(row) for row in range(len(boxes))],
        "parents": ["" if parent < 0 else str(parent) for parent in boxes["parent"]],
        "labels": [plotly_text(label, 100) for label in boxes["label"]],
        "values": boxes["total"].to_list(),
        "branchvalues": "total",
        "sort": False,
        "customdata": [
            [plotly_text(place), format_bytes(total), format_bytes(own), format_share(total / whole), cause]
            for place, total, own, cause in zip(
                boxes["place"], boxes["total"], boxes["own"], boxes["cause"], strict=True
            )
        ],
        "text": [plotly_text(text) for text in _texts(boxes)],
        "texttemplate": "%{text}",
        "hovertemplate": "<b>%{label}</b><br>%{customdata[0]}<br>%{customdata[1]} with what it calls"
        " (%{customdata[3]}), %{customdata[2]} own<br>%{customdata[4]}<extra></extra>",
        "textfont": {"color": [ink_on(fill) for fill in fills]},
        "marker": {"colors": fills, "line": {"width": 0.5, "color": "rgba(128,128,128,0.6)"}},
        "tiling": {"orientation": "v", "pad": 0},
        "pathbar": {"visible": True, "thickness": 20},
        "root": {"color": OTHER},
        "leaf": {"opacity": 1},
    }


def _texts(boxes: pd.DataFrame) -> list[str]:
    """What is written into each box: as much as fits, but enough for the box to be found when zoomed."""
    left, right = _spans(boxes, 8, WIDTH - 8)
    return [
        max(fitted(label, x1 - x0 - 10, 12), visible(label, _SHORTEST), key=len)
        for label, x0, x1 in zip(_labels_with_bytes(boxes), left, right, strict=True)
    ]


def _labels_with_bytes(boxes: pd.DataFrame) -> list[str]:
    pairs = zip(boxes["label"], boxes["total"], boxes["depth"], strict=True)
    return [f"{label}  {format_bytes(total)}" if depth else label for label, total, depth in pairs]


def _layout(title: str, boxes: pd.DataFrame, height: int) -> dict[str, Any]:
    named = "&nbsp;&nbsp; ".join(
        f'<span style="color:{_fill(cause)}">■</span> {plotly_text(cause)}' for cause in _causes_held(boxes)
    )
    legend = {
        "text": named, "showarrow": False, "x": 0, "xref": "paper", "xanchor": "left",
        "y": 1, "yref": "paper", "yanchor": "bottom", "align": "left",
    }  # fmt: skip
    return layout(
        title,
        height + 40,
        annotations=[legend] if named else [],
        uniformtext={"minsize": 9, "mode": "hide"},
        margin={"l": 8, "r": 8, "t": 72, "b": 8},
    )


def _causes_held(boxes: pd.DataFrame) -> list[str]:
    """The causes that own bytes in the picture, the biggest first."""
    held = boxes[boxes["cause"] != ""].groupby("cause")["own"].sum()
    return [str(cause) for cause in held.sort_values(ascending=False, kind="stable").index]


def _picture(title: str, boxes: pd.DataFrame, height: int) -> bytes:
    canvas = Canvas(WIDTH, height)
    canvas.text(8, 18, title, size=15, within=WIDTH - 16)
    _draw_legend(canvas, boxes)
    left, right = _spans(boxes, 8, WIDTH - 8)
    for x0, x1, depth, label, cause in zip(
        left, right, boxes["depth"], _labels_with_bytes(boxes), boxes["cause"], strict=True
    ):
        top = _TOP + _LEGEND + depth * ROW_PIXELS
        fill = _fill(cause)
        canvas.box(x0, top, x1 - (0.5 if x1 - x0 > 2 else 0), top + ROW_PIXELS - 1, fill)
        room = x1 - x0 - 8
        canvas.text(x0 + 4, top + ROW_PIXELS / 2 - 0.5, label, size=11, ink=ink_on(fill), within=room)
    return canvas.png()


def _draw_legend(canvas: Canvas, boxes: pd.DataFrame) -> None:
    """The causes that own bytes in the picture, as many as fit."""
    x = 8.0
    for cause in _causes_held(boxes):
        width = text_width(cause) + 30
        if x + width > canvas.width:
            break
        canvas.box(x, _TOP, x + 12, _TOP + 12, _fill(cause))
        canvas.text(x + 17, _TOP + 6, cause)
        x += width


def _spans(boxes: pd.DataFrame, left: float, right: float) -> tuple[list[float], list[float]]:
    """Left and right edge of each box: children side by side from their parent's left edge."""
    scale = (right - left) / max(int(boxes["total"].iloc[0]), 1)
    starts: list[float] = []
    ends: list[float] = []
    free: list[float] = []
    for parent, total in zip(boxes["parent"], boxes["total"], strict=True):
        start = left if parent < 0 else free[parent]
        if parent >= 0:
            free[parent] = start + total * scale
        starts.append(start)
        ends.append(start + total * scale)
        free.append(start)
    return starts, ends
