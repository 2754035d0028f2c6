"""Judging claims: supported, contradicted, or not testable with this evidence, always with figures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal

import numpy as np

from forensics.attribute import Ledger
from forensics.attribute.kept import groups, kept_callsites
from forensics.attribute.ledger import attribute
from forensics.capture import Capture
from forensics.diagnose.case import Case, open_case
from forensics.diagnose.claims_file import Claim, ClaimsFile, read_claims
from forensics.diagnose.measure import Measured, Silent, growth, mask_of, measure, on_any_path, rival
from forensics.replay import savings
from forensics.text import format_bytes, format_count, format_share, visible

Word = Literal["supported", "contradicted", "not testable"]
#: The primary cause holds at least this share of the heap.
PRIMARY_SHARE = 0.2


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the evidence says of one claim."""

    claim: Claim
    verdict: Word
    #: One sentence with the figures.
    why: str
    capture: str = ""
    moment: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    would_settle: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.claim.id,
            "who": self.claim.who,
            "text": self.claim.text,
            "about": self.claim.about,
            "assertion": self.claim.assertion,
            "claimed": self.claim.value,
            "verdict": self.verdict,
            "why": self.why,
            "capture": self.capture,
            "moment": self.moment,
            "measured": None if self.low is None else {"low": self.low, "high": self.high, "unit": self.unit},
            "would_settle": self.would_settle or None,
        }


@dataclass(frozen=True, kw_only=True)
class Judgements:
    """The claims of a document, judged, in its order."""

    document: str
    claims: tuple[Judgement, ...]

    def to_json(self) -> dict[str, Any]:
        """The document ``forensics/claims/1`` as plain values."""
        words: tuple[Word, ...] = ("supported", "contradicted", "not testable")
        counts = {word: sum(each.verdict == word for each in self.claims) for word in words}
        return {
            "schema": "forensics/claims/1",
            "document": self.document,
            "claims": [each.to_json() for each in self.claims],
            "summary": {word.replace(" ", "_"): count for word, count in counts.items()},
        }

    def __str__(self) -> str:
        lines = [visible(self.document)] if self.document else []
        for each in self.claims:
            lines.append(f"{each.verdict.upper():<13} {visible(each.claim.text)}")
            lines.append(f"{'':<13} {visible(each.why)}")
            if each.would_settle:
                lines.append(f"{'':<13} to settle it: {visible(each.would_settle)}")
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": str(self)}


def claims(path: str | os.PathLike[str] | ClaimsFile, captures: Capture | Sequence[Capture]) -> Judgements:
    """The claims of a file (docs/claims.md), judged against captures. Raises UsageError on a bad file."""
    file = path if isinstance(path, ClaimsFile) else read_claims(Path(path))
    given = [captures] if isinstance(captures, Capture) else list(captures)
    cases = _Cases(given)
    return Judgements(document=file.document, claims=tuple(_judge(claim, cases) for claim in file.claims))


class _Cases:
    """The captures with their cases, opened once per moment."""

    def __init__(self, captures: Sequence[Capture]) -> None:
        self._captures = captures
        self._opened: dict[tuple[int, str], Case] = {}

    def matching(self, pattern: str) -> list[Capture]:
        """The captures whose path matches; all of them for ''."""
        return [each for each in self._captures if not pattern or fnmatchcase(each.origin.path, pattern)]

    def open(self, capture: Capture, moment: str) -> Case:
        key = (id(capture), moment)
        if key not in self._opened:
            self._opened[key] = open_case(capture) if not moment else _case_at(capture, moment)
        return self._opened[key]


def _case_at(capture: Capture, moment: str) -> Case:
    """The case of a capture at a moment that is not its preferred one."""
    ledger: Ledger = attribute(capture.profile(moment), kept=kept_callsites(capture))
    return Case(capture=capture, ledger=ledger, groups=groups(capture, ledger.profile, ledger.assignment))


def _judge(claim: Claim, cases: _Cases) -> Judgement:
    """Supported where any capture supports it; contradicted where all that can test it contradict it."""
    if claim.assertion == "saves":
        return _judge_saving(claim, cases)
    found = [
        each for each in cases.matching(claim.capture) if not claim.moment or claim.moment in each.moments
    ]
    if not found:
        return _no_capture(claim, claim.capture or claim.moment)
    judged = [_judge_one(claim, cases.open(capture, claim.moment)) for capture in found]
    for word in ("supported", "contradicted"):
        of_word = [each for each in judged if each.verdict == word]
        if of_word:
            return max(of_word, key=lambda each: each.high or 0)
    return judged[0]


def _no_capture(claim: Claim, wanted: str) -> Judgement:
    return Judgement(
        claim=claim,
        verdict="not testable",
        why=f"none of the files given is, or has, {wanted!r}",
        would_settle=f"give the capture that matches {wanted!r}",
    )


def _judge_one(claim: Claim, case: Case) -> Judgement:
    if claim.assertion == "grows":
        return _judge_growth(claim, case)
    measured = measure(case, claim)
    if isinstance(measured, Silent):
        return _silent(claim, case, measured)
    return _judgement(claim, case, measured, *_test(claim, case, measured))


def _test(claim: Claim, case: Case, measured: Measured) -> tuple[Word, str]:
    """The verdict, and what the measured interval was held against."""
    if claim.assertion == "role":
        return _test_role(claim, case, measured)
    if claim.assertion == "present":
        there = measured.high > 0 or on_any_path(case, claim)
        surely = measured.low > 0 or on_any_path(case, claim)
        if there != surely:
            return "not testable", "present or not"
        return (
            "supported" if there == claim.value else "contradicted"
        ), "present" if claim.value else "absent"
    if claim.assertion == "share_at_least":
        shares = measured.scaled(max(measured.whole, 1))
        return _within(shares, claim.value, float("inf")), f"a share of at least {format_share(claim.value)}"
    low, high = bounds_of(claim)
    return _within(measured, low, high), _words(low, high, measured.unit)


def bounds_of(claim: Claim) -> tuple[float, float]:
    """The lowest and highest value with which a quantity satisfies the claim."""
    if claim.assertion == "at_least":
        return claim.value, float("inf")
    if claim.assertion == "at_most":
        return float("-inf"), claim.value
    if claim.bounds is not None or claim.assertion == "between":
        return claim.bounds or claim.value
    return claim.value * (1 - claim.tolerance), claim.value * (1 + claim.tolerance)


def _within(measured: Measured, low: float, high: float) -> Word:
    """Whether every value of the interval, none, or some lie within the bounds."""
    if low <= measured.low and measured.high <= high:
        return "supported"
    return "contradicted" if measured.high < low or measured.low > high else "not testable"


def _test_role(claim: Claim, case: Case, measured: Measured) -> tuple[Word, str]:
    other = rival(case, claim) if claim.subject else 0
    needed = max(other, PRIMARY_SHARE * measured.whole)
    words = f"more than anything else of its kind ({_figure(other, measured.unit)}) and a fifth of the heap"
    if measured.low > 0 and measured.low >= needed:
        return "supported", words
    return ("contradicted" if measured.high < needed or not measured.high else "not testable"), words


def _judge_growth(claim: Claim, case: Case) -> Judgement:
    grows = growth(case, claim)
    if isinstance(grows, Silent):
        return _silent(claim, case, grows)
    return Judgement(
        claim=claim,
        verdict="supported" if grows == claim.value else "contradicted",
        why=f"{claim.about} {'grows' if grows else 'does not grow'} over the run",
        capture=case.capture.origin.path,
        moment=case.profile.origin.moment,
    )


def _judge_saving(claim: Claim, cases: _Cases) -> Judgement:
    before = cases.matching(claim.before)
    after = cases.matching(claim.after) if claim.after else []
    if not before or (claim.after and not after):
        return _no_capture(claim, claim.before if not before else claim.after)
    first = cases.open(before[0], claim.moment)
    saved = _difference(claim, first, cases.open(after[0], claim.moment)) if after else _without(claim, first)
    if isinstance(saved, Silent):
        return _silent(claim, first, saved)
    low, high = bounds_of(claim)
    return _judgement(
        claim, first, saved, _within(saved, low, high), f"a saving of {_words(low, high, saved.unit)}"
    )


def _difference(claim: Claim, before: Case, after: Case) -> Measured | Silent:
    """What the subject holds before, less what it holds after, at the same moment of both."""
    one, other = measure(before, claim), measure(after, claim)
    if isinstance(one, Silent):
        return one
    if isinstance(other, Silent):
        return other
    because = "; ".join(filter(None, (one.because, other.because)))
    moments = {before.profile.origin.moment, after.profile.origin.moment}
    if len(moments) > 1:
        return Silent(
            why=f"the files show different moments: {', '.join(sorted(moments))}",
            would_settle="give two captures of one kind",
        )
    return Measured(
        low=one.low - other.high, high=one.high - other.low, unit=one.unit, whole=one.whole, because=because
    )


def _without(claim: Claim, case: Case) -> Measured | Silent:
    """By how much the exact peak falls without the subject."""
    if case.capture.event_stream is None or not claim.subject:
        return Silent(
            why="a saving by one file alone is a what-if, and this dump cannot be replayed",
            would_settle="record with memray (not aggregated), or give the capture after the change as well",
        )
    mask = mask_of(case, claim.subject)
    saved = savings(case.capture, [mask, mask & (case.arenas == 0)])
    return Measured(
        low=min(saved),
        high=max(saved),
        unit="bytes",
        whole=case.total,
        because="arenas might be somebody else's" if saved[0] != saved[1] else "",
    )


def _silent(claim: Claim, case: Case, silent: Silent) -> Judgement:
    return Judgement(
        claim=claim,
        verdict="not testable",
        why=silent.why,
        capture=case.capture.origin.path,
        moment=case.profile.origin.moment,
        would_settle=silent.would_settle,
    )


def _judgement(claim: Claim, case: Case, measured: Measured, verdict: Word, asked: str) -> Judgement:
    return Judgement(
        claim=claim,
        verdict=verdict,
        why=_sentence(claim, measured, asked),
        capture=case.capture.origin.path,
        moment=case.profile.origin.moment,
        low=measured.low,
        high=measured.high,
        unit=measured.unit,
        would_settle=_settles(measured) if verdict == "not testable" else "",
    )


def _sentence(claim: Claim, measured: Measured, asked: str) -> str:
    one = np.isclose(measured.low, measured.high)
    found = _figure(measured.high, measured.unit)
    if not one:
        found = f"between {_figure(measured.low, measured.unit)} and {found}"
    share = f" of {_figure(measured.whole, measured.unit)}" if claim.subject and measured.whole else ""
    because = f" ({measured.because})" if measured.because and not one else ""
    return f"{claim.about}: measured {found}{share}{because}; claimed {asked}"


def _settles(measured: Measured) -> str:
    if "arenas" in measured.because:
        return "record again with --trace-python-allocators: arenas hide whose the small objects are"
    return "record with native stacks: some of this memory has no cause or no call path"


def _words(low: float, high: float, unit: str) -> str:
    if high == float("inf"):
        return f"at least {_figure(low, unit)}"
    if low == float("-inf"):
        return f"at most {_figure(high, unit)}"
    return f"{_figure(low, unit)} to {_figure(high, unit)}"


def _figure(value: float, unit: str) -> str:
    if unit == "bytes":
        return format_bytes(value)
    if unit == "share":
        return format_share(value)
    return f"{format_count(value)} {unit}"
