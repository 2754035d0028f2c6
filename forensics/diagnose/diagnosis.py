"""The diagnosis: all findings of an investigation, most guilty first, and a word on the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from forensics.attribute import Ledger
from forensics.capture import Capture
from forensics.diagnose.finding import Finding
from forensics.replay.container import ContainerVerdict
from forensics.replay.resident import Interval


@dataclass(frozen=True, kw_only=True, eq=False)
class Diagnosis:
    """What holds the memory of one capture, and whether it fits.

    ``findings`` are ranked: see `ranked`.
    ``notes`` say in plain words what the dump does not show. ``others``: the diagnoses of further
    captures of the same investigation; this one is that of the first with the highest peak.
    """

    capture: Capture
    ledger: Ledger
    findings: tuple[Finding, ...]
    container: ContainerVerdict
    notes: tuple[str, ...] = ()
    #: The RSS that came with each cause, estimated; empty where the capture cannot tell.
    resident: Mapping[str, Interval] = field(default_factory=dict)
    others: tuple[Diagnosis, ...] = ()

    @property
    def verdict(self) -> str:
        """exceeds, fits, tight or unknown."""
        return self.container.verdict

    @property
    def limit_bytes(self) -> int | None:
        return self.container.limit_bytes

    def to_json(self) -> dict[str, Any]:
        """The document ``forensics/diagnose/1`` as plain values."""
        document = _document(self)
        if self.others:
            everyone = sorted([self, *self.others], key=lambda each: each.capture.origin.path)
            document["captures"] = [_document(each) for each in everyone]
        return {"schema": "forensics/diagnose/1", **document}

    def __str__(self) -> str:
        from forensics.diagnose.words import diagnosis_text

        return "\n\n".join(diagnosis_text(each) for each in (self, *self.others))

    def __repr__(self) -> str:
        return f"<Diagnosis of {self.capture.origin.path}: {len(self.findings)} findings, {self.verdict}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from forensics.views.mimebundle import diagnosis_bundle

        return diagnosis_bundle(self)


def ranked(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Most guilty first: conclusive ones, then by what they weigh, then by how sure they are.

    They weigh what of RSS came with them, where that is known of all; else their bytes at the peak.
    """
    resident = all(each.resident is not None for each in findings)

    def weight(finding: Finding) -> int:
        told = finding.resident if resident else None
        return finding.bytes_at_peak if told is None else told.expected

    return tuple(
        sorted(findings, key=lambda each: (not each.conclusive, -weight(each), -each.confidence, each.id))
    )


def without_repetition(findings: Sequence[Finding], weights: np.ndarray) -> list[Finding]:
    """The findings in the order of their families, less those of whose bytes an earlier one told most."""
    told = np.zeros(len(weights), dtype=bool)
    kept = []
    for finding in findings:
        own = int(weights[finding.mask].sum())
        if own and int(weights[finding.mask & told].sum()) > 0.5 * own:
            continue
        kept.append(finding)
        told |= finding.mask
    return kept


def ledger_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """The ledger as plain values."""
    return [
        {
            "cause": str(row.cause),
            "bytes": int(row.bytes),
            "blocks": int(row.blocks),
            "share": float(row.share),
        }
        for row in ledger.table.itertuples()
    ]


def _document(diagnosis: Diagnosis) -> dict[str, Any]:
    capture, container = diagnosis.capture, diagnosis.container
    return {
        "file": capture.origin.path,
        "limit_bytes": container.limit_bytes,
        "verdict": container.verdict,
        "verdict_why": container.why,
        "peak": {
            "heap_bytes": container.peak_heap_bytes
            if container.peak_heap_bytes is not None
            else diagnosis.ledger.profile.total_bytes,
            "rss_bytes": container.peak_rss_bytes,
            "moment": diagnosis.ledger.profile.origin.moment,
        },
        "complete": capture.complete,
        "ledger": [
            {
                **row,
                "resident_bytes": asdict(came) if (came := diagnosis.resident.get(row["cause"])) else None,
            }
            for row in ledger_rows(diagnosis.ledger)
        ],
        "outside_heap": [
            {"what": str(row.what), "bytes": int(row.bytes), "known": str(row.known)}
            for row in container.gap.itertuples()
        ],
        "findings": [finding.to_json() for finding in diagnosis.findings],
        "notes": list(diagnosis.notes),
    }
