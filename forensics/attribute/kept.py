"""What a capture adds to one of its profiles: which callsites still hold their memory at the end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forensics.attribute.ledger import Ledger, attribute
from forensics.attribute.ruleset import Rule
from forensics.capture import Capture

#: A callsite keeps its memory where this share of its bytes at the peak is there at the end.
KEPT_SHARE = 0.5


def kept_callsites(capture: Capture) -> np.ndarray | None:
    """A bool per callsite of the capture: held at the end of the record. None where it cannot be told.

    The end of a record is where the process was killed, or where it left its main program: module
    globals are still there, what functions held is gone.
    """
    if "end" not in capture.moments or "peak" not in capture.moments:
        return None
    end, peak = capture.profile("end").own(), capture.profile("peak").own()
    if len(end) != len(peak):
        return None
    return (end > 0) & (end >= KEPT_SHARE * peak)


def attribute_capture(
    capture: Capture,
    moment: str | None = None,
    *,
    rules: Sequence[Rule] | None = None,
    own: Sequence[str] | None = None,
) -> Ledger:
    """The ledger of a capture at a moment, told with what the capture knows beyond that moment."""
    return attribute(capture.profile(moment), rules=rules, own=own, kept=kept_callsites(capture))
