"""Dumps that count goroutines or threads: many at one place wait there together."""

from __future__ import annotations

import numpy as np

from forensics.attribute.assign import COUNTS
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.text import format_count, format_share

#: Fewer at one place are a pool; more than this many are no accident.
MANY = 100
SURELY_MANY = 1000
SHARE = 0.2
#: A library's own, such as kept connections of a server: said, and left open.
OWNERLESS = 0.5
_PLURAL = {"goroutine": "goroutines", "threadcreate": "threads"}


def find(case: Case) -> list[Finding]:
    """Findings about places where many goroutines or threads are, one per owner."""
    measure = case.profile.primary_measure
    if measure not in COUNTS:
        return []
    counts = case.profile.own(measure)
    owners = case.ledger.owners
    found = []
    for owner in dict.fromkeys(owners[counts > 0]):
        mask = (owners == owner) & (counts > 0)
        count = int(counts[mask].sum())
        if count >= MANY and count >= SHARE * counts.sum():
            found.append(_finding(case, mask, measure, count, count / int(counts.sum())))
    return found


def _finding(case: Case, mask: np.ndarray, measure: str, count: int, share: float) -> Finding:
    owner = case.owner(mask)
    return build(
        case,
        mask,
        kind="grows",
        cause="concurrency",
        title=f"{format_count(count)} {_PLURAL.get(measure, measure)} ({format_share(share)}) are at "
        f"{called(owner)}",
        base=0.8 if count >= SURELY_MANY else 0.6 if owner is not None else OWNERLESS,
        advice="End them: a context that is cancelled, a channel that is closed, a timeout on what they "
        "wait for.",
        measure="take a second dump later: a leak shows more of them; debug=2 tells how long they have "
        "waited",
        figures={"count": count, "share": round(share, 4), "counted": measure},
    )
