"""A diagnosis in plain text, for a terminal and for `str`."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from forensics.diagnose.diagnosis import Diagnosis
from forensics.diagnose.finding import Finding
from forensics.text import format_bytes, visible

WIDTH = 110
#: Causes named in the estimate of RSS.
RESIDENT_ROWS = 4


def diagnosis_text(diagnosis: Diagnosis) -> str:
    """Verdict, ledger, findings and notes of one capture."""
    return "\n".join(_lines(diagnosis))


def _lines(diagnosis: Diagnosis) -> Iterator[str]:
    capture = diagnosis.capture
    yield visible(capture.origin.path, WIDTH)
    yield from _paragraph(f"{diagnosis.verdict}: {diagnosis.container.why}", "")
    yield ""
    yield str(diagnosis.ledger)
    yield from _outside(diagnosis)
    yield ""
    if not diagnosis.findings:
        yield "Nothing stands out."
    for number, finding in enumerate(diagnosis.findings, 1):
        yield from finding_lines(number, finding)
    if diagnosis.notes:
        yield ""
        yield "What this does not show:"
        for note in diagnosis.notes:
            yield from _paragraph(visible(note), "  - ")


def _outside(diagnosis: Diagnosis) -> Iterator[str]:
    gap = diagnosis.container.gap
    if not len(gap):
        return
    yield f"RSS: {format_bytes(int(gap['bytes'].sum()))}"
    for row in gap.itertuples():
        yield f"  {format_bytes(row.bytes):>12}  {visible(str(row.what))} ({row.known})"
    heaviest = sorted(diagnosis.resident.items(), key=lambda item: -item[1].expected)[:RESIDENT_ROWS]
    if any(came.expected for _, came in heaviest):
        yield "RSS by what grew while it rose (estimated):"
        for cause, came in heaviest:
            spread = f"{format_bytes(came.low)} to {format_bytes(came.high)}"
            yield f"  {format_bytes(came.expected):>12}  {cause} ({spread})"


def finding_lines(number: int, finding: Finding) -> Iterator[str]:
    """One finding as indented lines."""
    saved = (
        "unknown what the peak would be without it"
        if finding.saves_bytes is None
        else f"without it the peak falls by {format_bytes(finding.saves_bytes)}"
    )
    yield from _paragraph(visible(finding.title), f"{number}. ", "   ")
    at_peak = format_bytes(finding.bytes_at_peak)
    yield f"   {at_peak} at the peak; {saved}; confidence {finding.confidence:.2f}"
    if finding.resident is not None:
        yield f"   about {format_bytes(finding.resident.expected)} of RSS came with it (estimated)"
    runner_up = f", runner-up {finding.runner_up}" if finding.runner_up else ""
    yield f"   cause {finding.cause} by rule {finding.rule or 'none'}{runner_up}"
    if finding.owner is not None:
        yield f"   owner {finding.owner}"
    yield from _paragraph(finding.advice, "   -> ", "      ")
    if finding.next_measurement:
        yield from _paragraph(f"to settle it: {finding.next_measurement}", "   ?  ", "      ")


def _paragraph(text: str, first: str, later: str | None = None) -> list[str]:
    return wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first) if later is None else later
    ) or [first]
