"""A figure as notebooks keep it: interactive where plotly runs, a PNG where no JavaScript does."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forensics.profile import Origin
from forensics.text import visible
from forensics.views.escape import plotly_text
from forensics.views.palette import GRID, INK

PLOTLY_MIME = "application/vnd.plotly.v1+json"
WIDTH = 900
#: No logo, no button that sends the data anywhere, no MathJax.
CONFIG = {"displaylogo": False, "responsive": True, "typesetMath": False, "showSendToCloud": False}


@dataclass(frozen=True, kw_only=True, eq=False)
class Figure:
    """One picture in two forms. ``plotly`` is plotly.js's own JSON: ``data`` and ``layout``."""

    title: str
    #: What the picture says, in one sentence, for readers who see neither form.
    summary: str
    plotly: Mapping[str, Any]
    png: bytes
    width: int = WIDTH
    height: int

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle = {
            PLOTLY_MIME: {**self.plotly, "config": CONFIG},
            "image/png": b64encode(self.png).decode("ascii"),
            "text/plain": repr(self),
        }
        return bundle, {"image/png": {"width": self.width, "height": self.height}}

    def __repr__(self) -> str:
        return f"{visible(self.title)}. {visible(self.summary)}"


def marked(title: str, origin: Origin) -> str:
    """The title, with a plain word of warning where the dump is not whole."""
    return (
        title if origin.complete else f"{title} · PARTIAL: {visible(origin.missing, 90) or 'part is missing'}"
    )


def layout(title: str, height: int, **more: Any) -> dict[str, Any]:
    """What all figures share: transparent ground, grey ink, the title at the left."""
    return {
        "title": {
            "text": plotly_text(title),
            "font": {"size": 15},
            "pad": {"l": 8, "t": 14},
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
        },
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 48, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": INK, "family": "system-ui, sans-serif", "size": 12},
        "hoverlabel": {"align": "left"},
        **more,
    }


def axis(**more: Any) -> dict[str, Any]:
    """An axis in the shared ink."""
    return {"gridcolor": GRID, "zerolinecolor": GRID, "linecolor": GRID, "automargin": True, **more}
