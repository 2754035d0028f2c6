"""Making a finding of a set of callsites: the parts that all families share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from forensics.diagnose.case import Case
from forensics.diagnose.confidence import confidence, next_measurement
from forensics.diagnose.finding import CONCLUSIVE, Finding, Owner


def build(
    case: Case,
    mask: np.ndarray,
    *,
    kind: str,
    cause: str,
    title: str,
    base: float,
    advice: str,
    measure: str | None = None,
    figures: Mapping[str, Any] | None = None,
    owner: Owner | None = None,
    rival: str | None = None,
) -> Finding:
    """The finding about these callsites, with evidence, rule and runner-up, and as sure as it may be.

    ``rival``: the cause that it would be else, where the call paths' own runner-up is not it.
    """
    sure = confidence(case, mask, base)
    rule, _, runner_up = case.rule(mask)
    runner_up = rival or runner_up
    settles = next_measurement(case, mask, measure)
    return Finding(
        kind=kind,
        cause=cause,
        title=title if sure >= CONCLUSIVE else f"Inconclusive: {title[0].lower()}{title[1:]}",
        bytes_at_peak=int(case.bytes[mask].sum()),
        confidence=sure,
        owner=owner or case.owner(mask),
        mask=mask,
        evidence=case.evidence(mask),
        rule=rule,
        runner_up=runner_up if runner_up != cause else "",
        advice=advice,
        next_measurement=settles if settles or sure >= CONCLUSIVE else RECORD_EVENTS,
        figures={**_figures(case, mask), **(figures or {})},
    )


RECORD_EVENTS = "record the run with memray (every allocation, not aggregated) and look at it over time"


def _figures(case: Case, mask: np.ndarray) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "blocks_at_peak": int(case.blocks[mask].sum()),
        "bytes_at_end": int(case.at_end[mask].sum()),
        "arena_bytes": int(case.arenas[mask].sum()),
        "mapped_bytes": int(case.mapped[mask].sum()),
    }
    if case.allocated is not None:
        figures["allocated_bytes"] = int(case.allocated[mask].sum())
    return figures


def called(owner: Owner | None) -> str:
    """How a sentence names an owner: its function, or the line of a module body."""
    if owner is None:
        return "no frame of the application"
    file = owner.file.replace("\\", "/").rsplit("/", 1)[-1]
    if owner.function in ("", "<module>", "<unknown>"):
        return f"{file}:{owner.line}"
    return f"{owner.function} ({file}:{owner.line})"
