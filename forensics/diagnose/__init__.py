"""Diagnosis: findings by families, ranked, with confidence and a word on the limit.

One module a family: `models`, `imports`, `regex`, `clients`, `threads`, `series`, `growth`, `moment`, `peak`,
`goroutines`, `outside`. Each has
``find(case) -> list[Finding]``.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from forensics.attribute.ruleset import Rule
from forensics.capture import Capture
from forensics.diagnose import (
    clients,
    goroutines,
    growth,
    imports,
    models,
    moment,
    outside,
    peak,
    regex,
    series,
    threads,
)
from forensics.diagnose.case import Case, open_case
from forensics.diagnose.diagnosis import Diagnosis, ledger_rows, ranked, without_repetition
from forensics.diagnose.finding import Evidence, Finding, Owner
from forensics.diagnose.resident import resident_by_cause, with_resident
from forensics.diagnose.savings import with_savings
from forensics.errors import UsageError
from forensics.readers.source_functions import recover_functions
from forensics.replay.container import judge
from forensics.text import size_of

#: Asked in this order; each says what it finds, the ranking comes after.
FAMILIES = (models, imports, regex, clients, outside, threads, series, growth, moment, peak, goroutines)

__all__ = [
    "FAMILIES",
    "Case",
    "Diagnosis",
    "Evidence",
    "Finding",
    "Owner",
    "diagnose",
    "ledger_rows",
    "open_case",
]


def diagnose(
    captures: Capture | Sequence[Capture],
    *,
    limit: int | str | None = None,
    repo: str | os.PathLike[str] | None = None,
    rules: Sequence[Rule] | None = None,
    own: Sequence[str] | None = None,
) -> Diagnosis:
    """What holds the memory of a capture, and whether it fits within ``limit`` (bytes or ``"512MiB"``).

    Several captures give the diagnosis of the one with the highest peak, with the others beside it.
    Snapshots of one run, in time order, tell growth: the latest comes first and says what grew.
    ``repo``: where the program's sources and requirement files lie. ``rules`` and ``own`` as in
    `attribute`. Raises UsageError where there is no capture or the limit is no size.
    """
    chosen = [captures] if isinstance(captures, Capture) else list(captures)
    if not chosen:
        raise UsageError("no capture to diagnose")
    limit_bytes = size_of(limit)
    if repo is not None:
        chosen = [_named(capture, repo) for capture in chosen]
    root = Path(repo) if repo is not None else None
    cases = [open_case(capture, repo=root, rules=rules, own=own) for capture in chosen]
    cases = sorted(series.with_earlier(cases), key=lambda case: (not case.earlier, -case.profile.total_bytes))
    first, *others = [_judged(case, limit_bytes) for case in cases]
    return replace(first, others=tuple(others))


def _named(capture: Capture, repo: str | os.PathLike[str]) -> Capture:
    return recover_functions(capture, root=repo) if capture.origin.format == "tracemalloc" else capture


def _judged(case: Case, limit: int | None) -> Diagnosis:
    capture = case.capture
    findings = without_repetition(
        [finding for family in FAMILIES for finding in family.find(case)], case.bytes
    )
    return Diagnosis(
        capture=capture,
        ledger=case.ledger,
        findings=ranked(with_resident(capture, with_savings(capture, findings))),
        container=judge(capture, limit),
        resident=resident_by_cause(capture, case.ledger),
        notes=tuple(outside.notes(case)),
    )
