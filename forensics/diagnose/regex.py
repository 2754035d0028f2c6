"""Regular expressions: those that hold memory, and those that only cost time."""

from __future__ import annotations

import numpy as np

from forensics.causes import PHASES
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.text import format_bytes, format_share

#: They hold memory from this share of the heap on; re keeps up to 512 patterns by itself.
HOLDING_SHARE = 0.2
#: They cost time where this share of all that was ever allocated (imports apart) passed through them …
BUSY_SHARE = 0.3
BUSY_BYTES = 16 << 20
#: … and they hold no more than this of the heap.
IDLE_SHARE = 0.08


def find(case: Case) -> list[Finding]:
    """Findings about regular expressions: one per owner that holds, else one on what passes through."""
    held = [_holds(case, case.members(group)) for group in case.of_causes("regex")]
    found = [finding for finding in held if finding is not None]
    busy = _costs_time(case)
    return found or ([busy] if busy is not None else [])


def _net(case: Case, mask: np.ndarray) -> int:
    """Bytes at the moment without scattered arenas, which say nothing about regular expressions."""
    return int((case.bytes[mask] - case.arenas[mask]).sum())


def _holds(case: Case, mask: np.ndarray) -> Finding | None:
    size = max(_net(case, mask), int(case.bytes[mask].sum()) if case.arenas[mask].sum() > (8 << 20) else 0)
    if not case.is_material(size, share=HOLDING_SHARE):
        return None
    owner = case.owner(mask)
    returned = int(case.at_end[mask].sum()) < 0.3 * size
    manner = "while it matches" if returned else "in patterns, matches or results that are kept"
    return build(
        case,
        mask,
        kind="regex-allocates",
        cause="regex",
        title=f"Regular expressions at {called(owner)} hold {format_bytes(size)} {manner}",
        base=0.85 if "end" in case.capture.moments else 0.6,
        advice="A repeated group makes the engine keep a stack of about 100 bytes a character: match "
        "without one, "
        "or piece by piece."
        if returned
        else "Bound how many patterns and results are kept; a pattern per customer or word is a cache.",
        figures={"freed_on_return": returned},
    )


def _costs_time(case: Case) -> Finding | None:
    if case.allocated is None:
        return None
    mask = case.ledger.assignment.has_cause("regex")
    importing = case.ledger.assignment.phase == PHASES.index("import")
    mask &= ~importing
    ever = int(case.allocated[mask].sum())
    whole = int(case.allocated[~importing].sum())
    held = _net(case, mask)
    if ever < BUSY_BYTES or ever < BUSY_SHARE * whole or held > IDLE_SHARE * case.total:
        return None
    owner = case.owner(mask)
    return build(
        case,
        mask,
        kind="regex-costs-time",
        cause="regex",
        title=f"Regular expressions at {called(owner)} cost time, not memory: {format_bytes(ever)} "
        f"({format_share(ever / whole)} of all) passed through them, {format_bytes(held)} is held",
        base=0.8,
        advice="Do not look for the memory here. Compile patterns once, and search the text in one pass "
        "instead of "
        "once per item.",
        measure="a CPU profile of the same run",
        figures={"passed_bytes": ever, "passed_share": round(ever / whole, 4), "held_bytes": held},
    )
