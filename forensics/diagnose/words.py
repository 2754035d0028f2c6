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
        yield from finding_lines(number, finding, diagnosis.ledger.profile.origin.moment)
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


#: How a sentence says when bytes were held.
MOMENTS = {
    "peak": "at the peak",
    "end": "not freed at the end",
    "live": "alive in this snapshot",
    "allocated": "ever allocated",
}


def moment_words(moment: str) -> str:
    """``at the peak`` and the like; "held" where the dump does not say when."""
    return MOMENTS.get(moment, "held")


def finding_lines(number: int, finding: Finding, moment: str) -> Iterator[str]:
    """One finding of a profile at this moment as indented lines."""
    falls = finding.saves_bytes
    saved = "" if falls is None else f"; without it the peak falls by {format_bytes(falls)}"
    yield from _paragraph(visible(finding.title), f"{number}. ", "   ")
    held = f"{format_bytes(finding.bytes_at_peak)} {moment_words(moment)}"
    yield f"   {held}{saved}; confidence {finding.confidence:.2f}"
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
