"""Whose pages are resident: for each finding and each cause, the RSS that came with it, estimated.

What a container pays for is RSS. Weights that are mapped and hardly touched weigh much in a heap
profile and little here; an import brings shared libraries that no heap profile shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forensics.attribute import Ledger
from forensics.capture import Capture
from forensics.diagnose.finding import Finding
from forensics.replay.resident import Interval, resident_bytes

#: Fewer memory records than this tell nothing of who grew when.
LEAST_RECORDS = 20


def with_resident(capture: Capture, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with the RSS that came with it; an earlier one has what two share."""
    if not _tells(capture):
        return list(findings)
    told = np.zeros(0, bool)
    groups = {}
    for position, finding in enumerate(findings):
        mask = finding.mask & ~told if len(told) else finding.mask
        told = told | mask if len(told) else mask.copy()
        groups[str(position)] = mask
    came = resident_bytes(capture, groups) if groups else {}
    return [replace(finding, resident=came.get(str(i))) for i, finding in enumerate(findings)]


def resident_by_cause(capture: Capture, ledger: Ledger) -> dict[str, Interval]:
    """The RSS that came with each cause of the ledger; {} where the capture cannot tell."""
    if not _tells(capture):
        return {}
    causes = ledger.causes
    return resident_bytes(capture, {str(cause): causes == cause for cause in np.unique(causes)})


def _tells(capture: Capture) -> bool:
    return capture.event_stream is not None and len(capture.timeline) >= LEAST_RECORDS
