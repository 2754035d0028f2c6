"""Colours that stay apart for colour-blind readers and on light and dark pages.

Source: Okabe and Ito, "Color Universal Design" (2008), https://jfly.uni-koeln.de/color/, and, where
its eight do not suffice, Paul Tol's muted scheme, https://personal.sron.nl/~pault/. Colour never
carries a meaning alone: every figure names its causes in text too.
"""

from __future__ import annotations

from forensics.causes import parent

#: Axis, title and legend text: at least 4.2:1 on white and on JupyterLab's dark grey.
INK = "#777777"
GRID = "rgba(128,128,128,0.25)"
OUTLINE = "rgba(128,128,128,0.55)"
LIMIT = "#d1495b"
HEAP, RSS = "#0072b2", "#e69f00"
OTHER = "#b5b5b5"

CAUSE_COLOURS = {
    "model-load": "#0072b2",
    "import": "#e69f00",
    "regex": "#cc79a7",
    "pool": "#009e73",
    "pool/db": "#009e73",
    "pool/http": "#3fb59a",
    "pool/thread": "#117a5d",
    "pool/process": "#7fd1bd",
    "tls": "#44aa99",
    "cache": "#d55e00",
    "payload": "#56b4e9",
    "data": "#f0e442",
    "concurrency": "#8c6bb1",
    "logging": "#999933",
    "runtime": "#aa4466",
    "profiler": "#6b7a8f",
    "unexplained": OTHER,
    "all causes": "#8a94a3",
}


def colour(cause: str) -> str:
    """The colour of a cause, of its first level where it has none of its own."""
    return CAUSE_COLOURS.get(cause) or CAUSE_COLOURS.get(parent(cause), OTHER)


def ink_on(background: str) -> str:
    """Black or white, whichever has the higher contrast on this ``#rrggbb`` (WCAG 2.2)."""
    return "#000000" if (luminance(background) + 0.05) ** 2 > 0.05 * 1.05 else "#ffffff"


def luminance(colour: str) -> float:
    """Relative luminance, 0 black to 1 white. Source: WCAG 2.2, "relative luminance"."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
