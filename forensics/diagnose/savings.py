"""What the peak would have been without each finding, exact where the dump has events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forensics.capture import Capture
from forensics.diagnose.finding import Finding
from forensics.replay import savings


def with_savings(capture: Capture, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with the bytes by which the peak falls without it; unchanged without events."""
    if capture.event_stream is None or not findings:
        return list(findings)
    counted = [finding for finding in findings if finding.mask.any()]
    saved = dict(zip(map(id, counted), savings(capture, [each.mask for each in counted]), strict=True))
    return [
        replace(finding, saves_bytes=int(saved[id(finding)])) if id(finding) in saved else finding
        for finding in findings
    ]
