"""The figures of a scoring as tables of text: for a terminal, and for ``docs/accuracy.md``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from forensics.causes import CAUSES, parent
from tests.corpus.cases import Part
from tests.corpus.score import STATED_AT, SURE_AT, Outcome

#: Lower bounds of the ranges of confidence that the calibration is given for.
RANGES = (0.5, 0.6, 0.7, 0.8, 0.9)
INTRODUCTION = f"""\
# Accuracy

How often the findings are right, on recordings whose truth is known by construction and was measured
without the engine. `make corpus` writes this page; `tests/corpus/README.md` tells how a case is made and
scored. Rules are written against the training part alone. A truth was corrected, in either part, only where
a statement was checked by hand against the program and its capture: those that counted as right and those
that counted as wrong together, by somebody who did not know which were which.

A finding counts as stated from a confidence of {STATED_AT} on.

- *Precision*: of those stated, how many are right in kind, cause and owner.
- *Recall*: of those that a case expects, how many were stated.
- *Accused*: a case says what must not be said of it, and it was said with confidence of {SURE_AT} or more.
- *Explained*: bytes that the ledger gives to a cause.
- *Owner's bytes*: of the bytes with the true owner on the stack, how many the ledger gives to the true cause.
"""


def ratio(part: int, whole: int) -> float | None:
    """``part / whole``, None where there is nothing to divide."""
    return part / whole if whole else None


def precision(outcomes: Iterable[Outcome]) -> float | None:
    stated, wrong = _counts(outcomes, lambda o: len(o.stated), lambda o: len(o.wrong))
    return ratio(stated - wrong, stated)


def recall(outcomes: Iterable[Outcome]) -> float | None:
    expected, missed = _counts(outcomes, lambda o: len(o.expected), lambda o: len(o.missed))
    return ratio(expected - missed, expected)


def explained(outcomes: Iterable[Outcome]) -> float | None:
    """Share of bytes that the ledger gives to a cause, over Python recordings."""
    python = [outcome for outcome in outcomes if outcome.mode not in ("pprof", "goroutines")]
    whole, rest = _counts(python, lambda o: o.ledger_bytes, lambda o: o.unexplained_bytes)
    return ratio(whole - rest, whole)


def sure_and_right(outcomes: Iterable[Outcome]) -> float | None:
    """Of the findings stated at ``SURE_AT`` or more, how many are right."""
    sure = [
        outcome.is_right(finding)
        for outcome in outcomes
        for finding in outcome.stated
        if finding["confidence"] >= SURE_AT
    ]
    return ratio(sum(sure), len(sure))


def accused_twins(outcomes: Iterable[Outcome]) -> list[str]:
    """Names of the innocent twins that were accused."""
    return sorted({outcome.case.name for outcome in outcomes if outcome.case.innocent and outcome.accused})


def totals(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """One row a figure: what, value."""
    owned, right = _counts(outcomes, lambda o: o.owned_bytes, lambda o: o.owned_right_bytes)
    return [
        ("cases", str(len({outcome.case.name for outcome in outcomes}))),
        ("of them innocent twins", str(len({o.case.name for o in outcomes if o.case.innocent}))),
        ("recordings", str(len(outcomes))),
        ("findings stated", str(sum(len(outcome.stated) for outcome in outcomes))),
        ("precision", percent(precision(outcomes))),
        ("recall", percent(recall(outcomes))),
        (f"right, of those at ≥ {SURE_AT}", percent(sure_and_right(outcomes))),
        ("innocent twins accused", str(len(accused_twins(outcomes)))),
        ("bytes explained (Python)", percent(explained(outcomes))),
        ("owner's bytes given to the true cause", percent(ratio(right, owned))),
    ]


def by_cause(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """One row a first-level cause: expected, found, recall, stated, right, precision."""
    rows = []
    for cause in dict.fromkeys(parent(cause) for cause in CAUSES):
        claims = [(o, c) for o in outcomes for c in o.expected if c.causes and parent(c.causes[0]) == cause]
        found = sum(claim not in outcome.missed for outcome, claim in claims)
        stated = [(o, f) for o in outcomes for f in o.stated if parent(f["cause"]) == cause]
        right = sum(outcome.is_right(finding) for outcome, finding in stated)
        if claims or stated:
            figures = (len(claims), found, percent(ratio(found, len(claims))))
            rows.append((cause, *map(str, figures), str(len(stated)), percent(ratio(right, len(stated)))))
    return rows


def by_kind(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """One row a kind of finding: how many were stated and how many of them are right."""
    verdicts: dict[str, list[bool]] = {}
    for outcome in outcomes:
        for finding in outcome.stated:
            verdicts.setdefault(finding["kind"], []).append(outcome.is_right(finding))
    return [
        (kind, str(len(right)), percent(ratio(sum(right), len(right))))
        for kind, right in sorted(verdicts.items())
    ]


def calibration(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """One row a range of confidence: how many were stated in it and how many of them are right."""
    rows = []
    for low, high in zip(RANGES, (*RANGES[1:], 1.01), strict=True):
        right = [o.is_right(f) for o in outcomes for f in o.stated if low <= f["confidence"] < high]
        rows.append(
            (f"{low:.1f} to {min(high, 1):.1f}", str(len(right)), percent(ratio(sum(right), len(right))))
        )
    return rows


def by_mode(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """One row a mode of recording: recordings, precision, recall."""
    rows = []
    for mode in dict.fromkeys(outcome.mode for outcome in outcomes):
        chosen = [outcome for outcome in outcomes if outcome.mode == mode]
        rows.append((mode, str(len(chosen)), percent(precision(chosen)), percent(recall(chosen))))
    return rows


def page(parts: dict[Part, list[Outcome]]) -> str:
    """``docs/accuracy.md``: every table for each part."""
    titles: dict[Part, str] = {"train": "Training part", "scored": "Scored part"}
    sections = [INTRODUCTION]
    for part, outcomes in parts.items():
        sections += [f"## {titles[part]}", *(markdown(*rows) for rows in tables(outcomes))]
    return "\n\n".join(section.rstrip() for section in sections) + "\n"


def tables(outcomes: Sequence[Outcome]) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Header and rows of each table of a part."""
    return [
        (("what", "value"), totals(outcomes)),
        (("cause", "expected", "found", "recall", "stated", "precision"), by_cause(outcomes)),
        (("kind", "stated", "right"), by_kind(outcomes)),
        (("confidence", "stated", "right"), calibration(outcomes)),
        (("recording", "number", "precision", "recall"), by_mode(outcomes)),
    ]


def markdown(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table whose columns are aligned in the source, numbers to the right."""
    widths = [max(len(row[at]) for row in (header, *rows)) for at in range(len(header))]
    rule = [f"{'-' * width}" if at == 0 else f"{'-' * (width - 1)}:" for at, width in enumerate(widths)]
    return "\n".join(_line(row, widths) for row in (header, rule, *rows))


def percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f} %"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        row[0].ljust(widths[0]),
        *(text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True)),
    ]
    return f"| {' | '.join(cells)} |"


def _counts(outcomes: Iterable[Outcome], *counters: Callable[[Outcome], int]) -> list[int]:
    kept = list(outcomes)
    return [sum(counter(outcome) for outcome in kept) for counter in counters]
