"""What is held to the end and does not grow."""

from __future__ import annotations

import numpy as np

from forensics.curves import PASSING_SHARE
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.text import format_bytes


def held_throughout(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.cause(group)
    owner = case.owner(mask)
    at_exit = int(case.at_end[mask].sum()) < PASSING_SHARE * int(case.bytes[mask].sum())
    kept = format_bytes(int((case.bytes if at_exit else case.at_end)[mask].sum()))
    return build(
        case,
        mask,
        kind="held-throughout",
        cause=cause,
        title=f"What {called(owner)} made is held to the end and does not grow: {kept}",
        base=0.6,
        advice="It is constant: wanted or not is for its owner to say. It is no leak.",
        figures={"behaviour": "stays"},
    )
