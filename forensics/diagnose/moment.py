"""Without events: what one moment holds. That it grows is said where the heap's own curve says so."""

from __future__ import annotations

import numpy as np

from forensics.diagnose.advice import ADVICE, TWICE, TWICE_AS_LONG
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.diagnose.held import held_throughout
from forensics.diagnose.rise import HELD_SHARE, built_and_held, is_passing, is_what_rose, kept_until_exit
from forensics.text import format_bytes, format_count

#: So many blocks of tasks or queues at once are a fan-out, whether or not they grow.
MANY_TASKS = 100


def find(case: Case) -> list[Finding]:
    """Findings about what a capture without events holds, one per owner and cause."""
    if case.is_followed:
        return []
    found = []
    for group in case.of_content("cache", "data", "payload", "logging", "concurrency"):
        mask = case.members(group)
        held = int(np.minimum(case.bytes[mask], case.at_end[mask]).sum())
        if case.is_material(held, share=HELD_SHARE) and not is_passing(case, mask):
            found.append(held_now(case, mask, case.content(group), held))
        elif case.is_material(int(case.bytes[mask].sum()), share=0.1) and kept_until_exit(case, mask):
            found.append(_kept_until_exit(case, mask, case.cause(group)))
        elif built_and_held(case, mask):
            found.append(held_throughout(case, group, mask))
    return found


def _kept_until_exit(case: Case, mask: np.ndarray, cause: str) -> Finding:
    size, blocks = int(case.bytes[mask].sum()), int(case.blocks[mask].sum())
    return build(
        case,
        mask,
        kind="unbounded-cache" if cause == "cache" else "grows",
        cause=cause,
        title=f"What {called(case.owner(mask))} adds is given back by the exit alone: {format_bytes(size)} "
        f"in {format_count(blocks)} blocks, as much as memory rose",
        base=0.6,
        advice=ADVICE.get(cause, ADVICE["cache"]),
        measure=TWICE_AS_LONG,
        figures={"behaviour": "grows"},
    )


def held_now(case: Case, mask: np.ndarray, cause: str, held: int) -> Finding:
    owner = case.owner(mask)
    blocks = int(case.blocks[mask].sum())
    what = f"What {called(owner)} made is held: {format_bytes(held)} in {format_count(blocks)} blocks"
    if is_what_rose(case, mask, held):
        return build(
            case,
            mask,
            kind="unbounded-cache" if cause == "cache" else "grows",
            cause=cause,
            title=f"{what}, and memory rose evenly to the end",
            base=0.6,
            advice=ADVICE.get(cause, ADVICE["cache"]),
            measure=TWICE,
            figures={"behaviour": "grows"},
        )
    many = cause == "concurrency" and blocks >= MANY_TASKS
    return build(
        case,
        mask,
        kind="fan-out" if many else "held-throughout",
        cause=cause,
        title=f"{what}; one moment cannot tell whether it still grows",
        base=0.6 if case.rule(mask)[1] == "strong" else 0.55,
        advice=f"If it grows: {ADVICE.get(cause, ADVICE['cache'])[0].lower()}"
        f"{ADVICE.get(cause, ADVICE['cache'])[1:]} If it is constant, it is wanted or not.",
        measure="take a second snapshot later in the same run and compare the two, or record it with memray "
        "(not aggregated)",
        figures={"behaviour": "unknown"},
    )
