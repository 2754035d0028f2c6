"""How sure a finding is: what its kind of evidence is worth, less what is thin about this one.

The bases were chosen on the training part of the labelled corpus. What was measured there is how often
findings of each band of confidence are right (``python -m tests.corpus --part train``): of those at 0.8 or
more, over nine in ten. The bands below 0.8 are no probabilities: right as often, they say that less is known.
"""

from __future__ import annotations

import numpy as np

from forensics.attribute.assign import OWN_KEPT, UNPICKLED_STATE
from forensics.diagnose.case import Case

#: A finding that is mostly arenas is never surer than this: they are charged to whoever asked next.
ARENA_CAP = 0.5
WEAK_RULE = 0.9
#: What a library made and the application keeps may be called after either.
CONTESTED = 0.95
#: What was saved in a pickle may be a model or any other table.
SAVED_STATE = 0.8
NO_OWNER = 0.85
PARTIAL = 0.9


def arena_share(case: Case, mask: np.ndarray) -> float:
    """The share of arenas in the bytes of these callsites."""
    held = int(case.bytes[mask].sum())
    return int(case.arenas[mask].sum()) / held if held else 0.0


def confidence(case: Case, mask: np.ndarray, base: float) -> float:
    """The base, lowered for a weak rule, a missing owner, a partial capture, and capped for arenas."""
    sure = base
    rule, tier, runner_up = case.rule(mask)
    if rule == OWN_KEPT.id and runner_up:
        sure *= CONTESTED
    if tier == "weak" and not rule.startswith("own-objects"):
        sure *= SAVED_STATE if rule == UNPICKLED_STATE.id else WEAK_RULE
    if case.owner(mask) is None:
        sure *= NO_OWNER
    if case.capture.health.state in ("cut", "damaged"):
        sure *= PARTIAL
    if arena_share(case, mask) > 0.5:
        sure = min(sure, ARENA_CAP)
    return round(sure, 2)


#: What would settle a finding that rests on arenas.
TRACE_ALLOCATORS = (
    "record again with --trace-python-allocators (or tracemalloc): most of this is arenas of Python's "
    "small-object allocator, charged to whoever asked for the next one"
)


def next_measurement(case: Case, mask: np.ndarray, otherwise: str | None = None) -> str | None:
    """What to measure next where arenas dominate; else what the family says."""
    return TRACE_ALLOCATORS if arena_share(case, mask) > 0.5 else otherwise
