"""The big flame graph: tens of thousands of boxes on one canvas, a click answered in Python."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import traitlets
from anywidget import AnyWidget

from forensics.profile import Profile
from forensics.text import format_bytes, visible
from forensics.views.figure import WIDTH
from forensics.views.icicle import icicle_boxes, icicle_figure
from forensics.views.palette import OTHER, colour

#: 20,000 boxes are on the screen within a second.
LARGEST_GRAPH = 20_000
_SCRIPT = Path(__file__).with_suffix(".js")


class FlameGraph(AnyWidget):
    """A profile as a flame graph: click to go into a box, Escape to come back, type to search.

    ``selected`` is the callsite of the box that was clicked last, -1 the whole; ``stack`` are its
    frames. Where no JavaScript runs, its picture is the pruned icicle.
    """

    _esm = _SCRIPT
    #: {"names", "places", "causes", "colours"}: texts, as text only; boxes point into them.
    _words = traitlets.Dict().tag(sync=True)
    #: float64 left and width of each box as a share of the whole; int32 the rest, column by column.
    _spans = traitlets.Bytes().tag(sync=True)
    _columns = traitlets.Bytes().tag(sync=True)
    _title = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Int(-1).tag(sync=True)

    def __init__(
        self, profile: Profile, causes: np.ndarray | None = None, *, limit: int = LARGEST_GRAPH
    ) -> None:
        """``causes``: the cause of each allocation row of the profile."""
        super().__init__()
        self._limit = limit
        self.show(profile, causes)

    def show(self, profile: Profile, causes: np.ndarray | None = None) -> None:
        """Draw another profile in the same place, such as another moment of the same capture."""
        self._profile, self._causes = profile, causes
        boxes = icicle_boxes(profile, causes, limit=self._limit, smallest_share=0)
        words, columns = _interned(boxes)
        with self.hold_sync():
            self._words, self._columns, self._spans = words, columns, spans(boxes).tobytes()
            self._title = visible(boxes["label"].iloc[0])
            self.selected = -1

    @property
    def stack(self) -> pd.DataFrame:
        """The frames of the selected call path, outermost first; empty for the whole."""
        chosen = self._profile
        return chosen.stack(self.selected) if self.selected >= 0 else chosen.frames.head(0)  # noqa: PD013

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = super()._repr_mimebundle_(**kwargs)
        bundle, metadata = shown if shown is not None else ({}, {})
        figure = icicle_figure(self._profile, self._causes)
        picture = {"image/png": b64encode(figure.png).decode("ascii"), "text/plain": repr(self)}
        size = {"image/png": {"width": WIDTH, "height": figure.height}}
        return {**bundle, **picture}, {**metadata, **size}

    def __repr__(self) -> str:
        return f"Flame graph: {self._title}, {len(self._spans) // 16} boxes"


def spans(boxes: pd.DataFrame) -> np.ndarray:
    """Left edge and width of each box as a share of the whole: float64, two rows, a column a box."""
    whole = max(int(boxes["total"].iloc[0]), 1)
    width = boxes["total"].to_numpy() / whole
    left = np.zeros(len(boxes))
    free = np.zeros(len(boxes))
    for row, parent in enumerate(boxes["parent"].to_list()):
        if parent >= 0:
            left[row] = free[parent]
            free[parent] += width[row]
        free[row] = left[row]
    return np.stack([left, width])


def _interned(boxes: pd.DataFrame) -> tuple[dict[str, Any], bytes]:
    """Distinct texts, and int32 columns that point into them, in the order of FIELDS in the script."""
    sizes = pd.concat([boxes["total"], boxes["own"]]).map(format_bytes)
    size_codes, size_texts = pd.factorize(sizes)
    coded = {name: pd.factorize(boxes[name]) for name in ("label", "place", "cause")}
    causes = [str(cause) for cause in coded["cause"][1]]
    words = {
        "names": [visible(str(text), 200) for text in coded["label"][1]],
        "places": [visible(str(text), 200) for text in coded["place"][1]],
        "causes": causes,
        "colours": [colour(cause) if cause else OTHER for cause in causes],
        "sizes": [str(text) for text in size_texts],
    }
    columns = [
        boxes["parent"], boxes["depth"], boxes["callsite_id"],
        *(codes for codes, _ in coded.values()), size_codes[: len(boxes)], size_codes[len(boxes) :],
    ]  # fmt: skip
    return words, np.stack([np.asarray(column, dtype=np.int32) for column in columns]).tobytes()
