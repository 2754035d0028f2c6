"""Pools, clients and contexts: built once and shared, or one per call."""

from __future__ import annotations

import numpy as np

from forensics.causes import PHASES
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.text import format_bytes

#: So many of one kind are no accident.
MANY = 3
_NAMES = {
    "pool/http": "An HTTP client with its connections",
    "pool/db": "A database engine or connection",
    "pool/thread": "A thread pool",
    "pool/process": "A process pool",
    "pool": "A connection or worker",
    "tls": "A TLS context",
}


def find(case: Case) -> list[Finding]:
    """Findings about pools, clients and TLS contexts, one per owner and cause."""
    found = [_finding(case, group) for group in case.of_causes("pool", "tls")]
    return [finding for finding in found if finding is not None]


def _finding(case: Case, group: int) -> Finding | None:
    mask = case.members(group)
    serving = mask & (case.ledger.assignment.phase != PHASES.index("import"))
    if not serving.any() or not case.is_material(int(case.bytes[serving].sum()), share=0.03):
        return None
    built = case.built(serving)
    alive = min(built, case.alive(serving))
    if built >= MANY:
        return _per_call(case, group, serving, built, alive)
    return None


def _per_call(case: Case, group: int, mask: np.ndarray, built: int, alive: int) -> Finding:
    cause = case.cause(group)
    owner = case.owner(mask)
    each = int(case.bytes[mask].sum()) // max(alive, 1)
    behaviour = case.groups.behaviour(group)
    fate = {"grows": "and never given back", "passes": "and given back late"}.get(behaviour, "")
    return build(
        case,
        mask,
        kind="created-per-call",
        cause=cause,
        title=f"{_NAMES[cause]} is built at each call of {called(owner)} {fate}".rstrip()
        + f": about {built} in all, {alive} alive at once, {format_bytes(each)} each",
        base=0.85,
        advice="Build one at startup and share it between calls; close what has to be per call, also on error paths.",
        measure="count sockets and threads from outside: record with a side-car",
        figures={"built": built, "alive": alive, "bytes_each": each, "behaviour": behaviour},
    )
