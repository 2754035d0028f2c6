"""Controls over a replay: any moment of it, and what its peak would have been.

Plain ipywidgets over the functions of `forensics.replay`; each panel holds a picture for readers
who run nothing.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import ipywidgets as widgets
import numpy as np

from forensics.attribute import attribute
from forensics.profile import Profile
from forensics.replay import ASSUMPTION, Hypothesis, Replay, WhatIf
from forensics.text import format_bytes
from forensics.views.causes_chart import Bar, bars_figure
from forensics.views.escape import html
from forensics.views.figure import WIDTH, Figure, marked
from forensics.views.flame_graph import FlameGraph
from forensics.views.mimebundle import ledger_table
from forensics.views.palette import LIMIT, colour
from forensics.views.timeline import curve_seconds, replay_figure

#: Causes that get a control of their own; the rest stays as it was.
LARGEST_PANEL = 8
#: Boxes of the flame graph that follows the slider.
_GRAPH_BOXES = 4000


class Panel:
    """Live controls, and the figure that stands for them where none run."""

    def __init__(self, controls: widgets.Widget, figure: Figure) -> None:
        self.controls, self.figure = controls, figure

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        live = dict(self.controls._repr_mimebundle_(**kwargs))
        picture = {"image/png": b64encode(self.figure.png).decode("ascii"), "text/plain": repr(self)}
        return {**live, **picture}, {"image/png": {"width": WIDTH, "height": self.figure.height}}

    def __repr__(self) -> str:
        return repr(self.figure)


class WhatIfPanel(Panel):
    """A checkbox and a factor per cause; the new peak against the limit at once.

    ``answer`` is the `WhatIf` of the controls as they stand. It removes or scales events and does
    not re-time the program.
    """

    def __init__(self, replayed: Replay, *, limit_bytes: int | None = None) -> None:
        self._replayed = replayed
        self._limit = limit_bytes or replayed.capture.limit_bytes
        self._masks = _cause_masks(replayed)
        self._boxes = {
            cause: widgets.Checkbox(value=True, description=cause, indent=False) for cause in self._masks
        }
        self._factors = {
            cause: widgets.FloatSlider(
                value=1, min=0, max=2, step=0.05, description="×", continuous_update=False
            )
            for cause in self._masks
        }
        self._shown = widgets.HTML()
        for control in (*self._boxes.values(), *self._factors.values()):
            control.observe(self._ask, names="value")
        rows = [widgets.HBox([self._boxes[cause], self._factors[cause]]) for cause in self._masks]
        super().__init__(
            widgets.VBox([self._shown, *rows]), what_if_figure(replayed, limit_bytes=self._limit)
        )
        self._ask()

    def set(self, cause: str, factor: float) -> WhatIf:
        """Scale one cause, 0 to remove it, and return the new answer; the controls follow."""
        self._factors[cause].value = factor
        return self.answer

    def _ask(self, _change: object = None) -> None:
        kept = np.ones(len(self._replayed.base.callsites))
        for cause, mask in self._masks.items():
            kept[mask] = self._factors[cause].value if self._boxes[cause].value else 0.0
        changed = [cause for cause, mask in self._masks.items() if mask.any() and kept[mask].max() != 1]
        what = " + ".join(f"cause={cause} x {kept[self._masks[cause]].max():g}" for cause in changed)
        (self.answer,) = self._replayed.ask([Hypothesis(what=what or "nothing", kept=kept)])
        self._shown.value = _bars_html(self.answer, self._replayed.peak_bytes, self._limit)


class MomentPanel(Panel):
    """A slider over the record that moves the marker, the ledger and the flame graph.

    ``profile`` is the profile of the moment that the slider stands at: the highest of its bin.
    """

    def __init__(self, replayed: Replay, *, limit_bytes: int | None = None) -> None:
        self._replayed, self._limit = replayed, limit_bytes
        self._seconds = curve_seconds(replayed)
        top = int(replayed.curve["heap_bytes"].to_numpy().argmax())
        self.slider = widgets.IntSlider(value=top, min=0, max=len(self._seconds) - 1, description="moment")
        self.slider.continuous_update = self.slider.readout = False
        self.slider.layout.width = "95%"
        figure = replay_figure(replayed, limit_bytes=limit_bytes)
        # A picture that is drawn again, not a live plotly widget: that would weigh 5 MB in the notebook.
        self._chart = widgets.Image(value=figure.png, format="png", width=figure.width, height=figure.height)
        self._ledger = widgets.HTML()
        self.graph = FlameGraph(*self._at(top), limit=_GRAPH_BOXES)
        self.slider.observe(self._move, names="value")
        super().__init__(widgets.VBox([self._chart, self.slider, self._ledger, self.graph]), figure)

    def _move(self, change: dict[str, Any]) -> None:
        self.graph.show(*self._at(change["new"]))
        mark = (float(self._seconds[change["new"]]), format_bytes(self.profile.total_bytes))
        self._chart.value = replay_figure(self._replayed, limit_bytes=self._limit, mark=mark).png

    def _at(self, row: int) -> tuple[Profile, np.ndarray]:
        self.profile = self._replayed.profile(sequence=int(self._replayed.curve["sequence"].iloc[row]))
        ledger = attribute(self.profile)
        self._ledger.value = ledger_table(ledger).html()
        return self.profile, ledger.assignments["cause"].to_numpy(dtype=object)


def what_if_figure(replayed: Replay, *, limit_bytes: int | None = None) -> Figure:
    """The exact peak as it was and without each of the causes, one pass over the events."""
    limit_bytes = limit_bytes or replayed.capture.limit_bytes
    masks = _cause_masks(replayed)
    answers = replayed.ask(
        [Hypothesis(what=f"cause={cause}", kept=1.0 - mask) for cause, mask in masks.items()]
    )
    whole = max(replayed.peak_bytes, 1)
    bars = [Bar("as recorded", replayed.peak_bytes, 0, 1.0, "all causes")]
    bars += [
        Bar(f"without {cause}", answer.peak_bytes, 0, answer.peak_bytes / whole, cause)
        for cause, answer in zip(masks, answers, strict=True)
    ]
    title = marked(f"The heap's peak without … ({ASSUMPTION})", replayed.capture.origin)
    return bars_figure(title, bars, limit_bytes=limit_bytes)


def _cause_masks(replayed: Replay) -> dict[str, np.ndarray]:
    """The causes that hold most at the peak, largest first, each with its callsites."""
    causes = attribute(replayed.base).causes
    held = replayed.capture.profile("peak").own()
    sums = {str(cause): int(held[causes == cause].sum()) for cause in np.unique(causes)}
    ranked = sorted((cause for cause in sums if sums[cause] > 0), key=lambda cause: (-sums[cause], cause))
    return {cause: causes == cause for cause in ranked[:LARGEST_PANEL]}


def _bars_html(answer: WhatIf, peak_bytes: int, limit_bytes: int | None) -> str:
    """Two bars and the limit, as HTML of our own numbers."""
    widest = max(answer.peak_bytes, peak_bytes, limit_bytes or 0, 1) * 1.02
    rows = [
        _bar_html("peak as recorded", peak_bytes, widest, limit_bytes, colour("all causes")),
        _bar_html("peak with these settings", answer.peak_bytes, widest, limit_bytes, colour("model-load")),
    ]
    saves = f"{answer.what}: saves {format_bytes(answer.saves_bytes)}"
    said = f"{saves}{_against(answer.peak_bytes, limit_bytes)}. Exact, but {ASSUMPTION}."
    return "".join(rows) + f"<p>{html(said, 600)}</p>"


def _against(peak_bytes: int, limit_bytes: int | None) -> str:
    if not limit_bytes:
        return ""
    side = "over" if peak_bytes > limit_bytes else "under"
    margin = format_bytes(abs(peak_bytes - limit_bytes))
    return f"; the heap alone is {margin} {side} the limit of {format_bytes(limit_bytes)}"


def _bar_html(name: str, held: int, widest: float, limit_bytes: int | None, fill: str) -> str:
    limit_at = f"left:{100 * limit_bytes / widest:.2f}%" if limit_bytes else "display:none"
    line = f'<div style="position:absolute;{limit_at};top:0;bottom:0;border-left:2px dashed {LIMIT}"></div>'
    return (
        f"<div>{html(name)}: <b>{html(format_bytes(held))}</b></div>"
        f'<div style="position:relative;height:18px;margin:2px 0 8px">'
        f'<div style="width:{100 * held / widest:.2f}%;height:100%;background:{fill}"></div>{line}</div>'
    )
