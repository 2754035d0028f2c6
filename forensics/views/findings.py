"""A diagnosis as HTML: the verdict, the findings as a table, and under each what supports it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from forensics.diagnose.words import moment_words
from forensics.text import format_bytes, format_count, format_share
from forensics.views.escape import html
from forensics.views.figure import marked
from forensics.views.tables import Table

if TYPE_CHECKING:
    from forensics.diagnose import Diagnosis, Evidence, Finding

#: A verdict in words and colour; the colour never stands alone.
_VERDICTS = {"exceeds": "#d1495b", "tight": "#b7791f", "fits": "#2f855a", "unknown": "#777777"}
#: Call paths shown per finding, and frames of each, from the inside out.
_PATHS, _FRAMES = 3, 6
#: Causes below this share of RSS are left out of its table.
RESIDENT_SHARE = 0.005


def diagnosis_html(diagnosis: Diagnosis) -> str:
    """The whole diagnosis; every string of the dump in it is escaped."""
    parts = [_one(each) for each in (diagnosis, *diagnosis.others)]
    return "\n<hr>\n".join(parts)


def findings_table(diagnosis: Diagnosis) -> Table:
    """The findings in rank order, one a row."""
    origin = diagnosis.capture.origin
    rows = [
        (
            finding.title,
            finding.cause,
            format_bytes(finding.bytes_at_peak),
            "–" if finding.saves_bytes is None else format_bytes(finding.saves_bytes),
            "–" if finding.resident is None else format_bytes(finding.resident.expected),
            f"{finding.confidence:.2f}",
        )
        for finding in diagnosis.findings
    ]
    return Table(
        caption=marked(f"Findings in {origin.path}, most guilty first", origin),
        headings=(
            "finding",
            "cause",
            moment_words(diagnosis.ledger.profile.origin.moment),
            "the peak falls by",
            "RSS with it (est.)",
            "confidence",
        ),
        rows=rows,
        numbers=frozenset({2, 3, 4, 5}),
        note="" if rows else "Nothing stands out.",
    )


def resident_table(diagnosis: Diagnosis) -> Table:
    """What RSS is made of: what came with each cause (estimated), the heaviest first."""
    came = sorted(diagnosis.resident.items(), key=lambda item: -item[1].expected)
    rows = [
        (cause, format_bytes(each.expected), f"{format_bytes(each.low)} to {format_bytes(each.high)}")
        for cause, each in came
        if each.expected >= RESIDENT_SHARE * (diagnosis.container.peak_rss_bytes or 0)
    ]
    return Table(
        caption=marked("RSS by what grew while it rose (estimated)", diagnosis.capture.origin),
        headings=("cause", "RSS", "range"),
        rows=rows,
        numbers=frozenset({1, 2}),
    )


def _one(diagnosis: Diagnosis) -> str:
    details = "\n".join(_details(number, finding) for number, finding in enumerate(diagnosis.findings, 1))
    resident = resident_table(diagnosis)
    tables = [findings_table(diagnosis).html(), *([resident.html()] if resident.rows else [])]
    return "\n".join([_verdict(diagnosis), *tables, details, _notes(diagnosis.notes)])


def _verdict(diagnosis: Diagnosis) -> str:
    word = diagnosis.verdict
    shown = f'<b style="color:{_VERDICTS.get(word, _VERDICTS["unknown"])}">{html(word.upper())}</b>'
    return f"<p>{shown}: {html(diagnosis.container.why, 400)}</p>"


def _details(number: int, finding: Finding) -> str:
    facts = [
        ("owner", str(finding.owner) if finding.owner else "no frame of the application"),
        ("why", f"rule {finding.rule}" + (f"; runner-up {finding.runner_up}" if finding.runner_up else "")),
        ("do", finding.advice),
        ("measure next", finding.next_measurement or ""),
        *(("held by", _path(each, finding)) for each in finding.evidence[:_PATHS]),
    ]
    rows = "".join(
        f"<li>{html(name)}: {html(said, 600)}</li>" for name, said in facts if said and said != "rule "
    )
    return f"<details><summary>{number}. {html(finding.title, 300)}</summary>\n<ul>{rows}</ul></details>"


def _path(evidence: Evidence, finding: Finding) -> str:
    """The inner end of one call path and what it holds."""
    inner = evidence.callsite[-_FRAMES:]
    cut = "… > " if len(evidence.callsite) > _FRAMES else ""
    share = format_share(evidence.bytes / max(finding.bytes_at_peak, 1))
    blocks = format_count(evidence.blocks)
    return f"{format_bytes(evidence.bytes)} ({share}) in {blocks} blocks: {cut}{' > '.join(inner)}"


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    return (
        "<p>What this does not show:</p>\n<ul>" + "".join(f"<li>{html(n, 500)}</li>" for n in notes) + "</ul>"
    )
