"""What is held to the end and does not grow."""

from __future__ import annotations

import numpy as np

from forensics.curves import NEAR_LEVEL, PASSING_SHARE, arrives, before_exit, lasting, levelled_off, stands
from forensics.diagnose.build import build, called
from forensics.diagnose.built import constructed
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.lifetimes import FEWEST_RECORDS
from forensics.text import format_bytes

#: What had arrived in this first part of the work, or of the time that it took, and stood from then on,
#: was no batch on its way …
BY_WORK, BY_CLOCK = 0.5, 0.25
#: What fell before this share of the record was let go by the program itself.
LONG_BEFORE = 0.95


def let_go_late(case: Case, group: int, mask: np.ndarray) -> bool:
    """Whether what is gone at the end was held, and no batch: the exit alone let it go.

    A constructor of what the program is made of built it, or it stood for most of the run: told from curves,
    which do not show what is there within one step only.
    """
    if case.behaviour(group) not in ("rises", "passes"):
        return False
    followed = case.lifetimes
    if followed.highest_bytes[group] < NEAR_LEVEL * int(case.bytes[mask].sum()):
        return False
    passes = case.behaviour(group) == "passes"
    by_constructor = passes and case.groups.there_at_exit(group) and constructed(case, mask)
    return by_constructor or _stood(case, group, mask)


def _stood(case: Case, group: int, mask: np.ndarray) -> bool:
    """Whether a group was there for most of the work, or of the time that the work took.

    What is built in one go and then worked with may take most of the allocations and little of the time. What
    a database holds and adds no more to stood, too.
    """
    followed = case.lifetimes
    live = before_exit(followed.live_bytes[:, group])
    if not stands(live):
        return False
    entries = int(before_exit(followed.live_blocks[:, group])[-1])
    at_rest = case.is_within_client(group) and levelled_off(lasting(live), entries)
    if _fell_early(case, int(case.bytes[mask].sum())):
        return False
    if arrives(live) <= BY_WORK * len(live) or at_rest:
        return True
    return len(followed.times) > 0 and followed.share_of_time(arrives(live)) <= BY_CLOCK


def _fell_early(case: Case, size: int) -> bool:
    """Whether the heap fell by most of these bytes before the end, however little was left to do then."""
    heap = case.capture.timeline["heap_bytes"].to_numpy()
    if len(heap) < FEWEST_RECORDS:
        return False
    high = np.flatnonzero(heap >= heap.max() - 0.5 * size)
    return bool(high[-1] < LONG_BEFORE * len(heap))


def held_throughout(case: Case, group: int, mask: np.ndarray) -> Finding:
    # A document that was parsed and stays is a table that the program works with.
    cause = "data" if case.cause(group) == "payload" else case.content(group)
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
        rival=case.rival(group, cause),
    )
