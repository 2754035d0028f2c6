"""The figures by name, over the public objects: what a notebook calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forensics.capture import Capture
from forensics.profile import Profile
from forensics.text import size_of
from forensics.views.causes_chart import Bar, causes_figure
from forensics.views.figure import Figure, marked
from forensics.views.icicle import held_text, icicle_figure
from forensics.views.prune import LARGEST_FIGURE
from forensics.views.timeline import replay_figure, timeline_figure

if TYPE_CHECKING:
    from forensics.attribute import Ledger
    from forensics.replay import Replay
    from forensics.views.flame_graph import FlameGraph
    from forensics.views.panels import MomentPanel, WhatIfPanel


def icicle(shown: Profile | Ledger, *, boxes: int = LARGEST_FIGURE) -> Figure:
    """Who called whom for how much memory, coloured by cause; at most ``boxes`` boxes.

    What is too small to draw is in boxes named "other", so every level adds up.
    """
    ledger = _ledger(shown)
    return icicle_figure(ledger.profile, ledger.assignments["cause"].to_numpy(dtype=object), limit=boxes)


def cause_chart(shown: Profile | Ledger, *, limit: int | str | None = None) -> Figure:
    """Bytes by cause, and the container's limit (bytes or ``"512MiB"``) beside their sum."""
    ledger = _ledger(shown)
    bars = [
        Bar(str(cause), int(held), int(blocks), float(share))
        for cause, held, blocks, share in ledger.table[["cause", "bytes", "blocks", "share"]].itertuples(
            index=False, name=None
        )
        if held
    ]
    title = marked(f"Why memory was held: {held_text(ledger.profile)}", ledger.profile.origin)
    return causes_figure(title, bars, limit_bytes=size_of(limit))


def timeline(shown: Capture | Replay, *, limit: int | str | None = None) -> Figure:
    """Heap and resident memory over time against the limit; of a replay, the heap by cause.

    The recorded limit unless one is given.
    """
    if isinstance(shown, Capture):
        return timeline_figure(shown, limit_bytes=size_of(limit))
    return replay_figure(shown, limit_bytes=size_of(limit))


def _ledger(shown: Profile | Ledger) -> Ledger:
    from forensics.attribute import attribute

    return attribute(shown) if isinstance(shown, Profile) else shown


def flame_graph(shown: Profile | Ledger, *, boxes: int | None = None) -> FlameGraph:
    """The same as ``icicle`` on a canvas, for tens of thousands of boxes, with search and zoom."""
    from forensics.views.flame_graph import LARGEST_GRAPH, FlameGraph

    ledger = _ledger(shown)
    causes = ledger.assignments["cause"].to_numpy(dtype=object)
    return FlameGraph(ledger.profile, causes, limit=boxes or LARGEST_GRAPH)


def what_if_panel(replayed: Replay, *, limit: int | str | None = None) -> WhatIfPanel:
    """A checkbox and a factor per cause, and the exact new peak beside the limit."""
    from forensics.views.panels import WhatIfPanel

    return WhatIfPanel(replayed, limit_bytes=size_of(limit))


def moment_panel(replayed: Replay, *, limit: int | str | None = None) -> MomentPanel:
    """A slider over time that moves the ledger and the flame graph."""
    from forensics.views.panels import MomentPanel

    return MomentPanel(replayed, limit_bytes=size_of(limit))
