"""Scores what the engine says of a recording against the truth about its program."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

import forensics as hf
from forensics.attribute import attribute_capture
from forensics.capture import Capture
from forensics.causes import UNEXPLAINED
from forensics.diagnose import diagnose
from forensics.profile import Profile
from tests.corpus.cases import Case, Claim, function_name, is_within

#: A finding below this confidence is INCONCLUSIVE: not said.
STATED_AT = 0.5
#: A finding from here on is sure of itself: the reach asks that four of five of them are right.
SURE_AT = 0.8
#: Recordings that show one moment, and kinds of what is there at a moment, whatever it does over time.
SINGLE_MOMENTS = ("tracemalloc", "pprof")
HELD = "held-throughout"
STAYING = (HELD, "grows", "unbounded-cache", "cache-filling")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was said of one recording of one case, and how it compares."""

    case: Case
    mode: str
    #: Findings as in ``forensics diagnose --json``.
    findings: tuple[Mapping[str, Any], ...]
    #: Bytes of the ledger at the moment of the truth, and how many of them no rule explains.
    ledger_bytes: int
    unexplained_bytes: int
    #: Bytes with the true owner on the stack, and how many of them the ledger gives to the true cause.
    owned_bytes: int
    owned_right_bytes: int

    @cached_property
    def stated(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(finding for finding in self.findings if finding["confidence"] >= STATED_AT)

    @cached_property
    def expected(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.case.expected if claim.seen_in(self.mode))

    @cached_property
    def missed(self) -> tuple[Claim, ...]:
        return tuple(
            claim for claim in self.expected if not any(claim.matches(finding) for finding in self.stated)
        )

    @cached_property
    def wrong(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(finding for finding in self.stated if not self.is_right(finding))

    @cached_property
    def accused(self) -> tuple[Mapping[str, Any], ...]:
        """Findings that say what must not be said, at the confidence at which that is an accusation."""
        return tuple(
            finding
            for finding in self.findings
            if any(
                claim.matches(finding) and finding["confidence"] >= claim.confidence
                for claim in self.case.forbidden
            )
        )

    def is_right(self, finding: Mapping[str, Any]) -> bool:
        """Whether a claim of the case says this.

        Of a single moment, that something is held is right where it grows or fills as well: growth is open.
        """
        claims = (*self.case.expected, *self.case.also)
        if self.mode in SINGLE_MOMENTS and finding["kind"] == HELD:
            said = [{**finding, "kind": kind} for kind in STAYING]
            return any(claim.matches(each) for claim in claims for each in said)
        return any(claim.matches(finding) for claim in claims)


def outcomes(case: Case) -> list[Outcome]:
    """One outcome for each recording of a case that is there."""
    return [outcome(case, mode) for mode in case.modes if case.recording(mode) is not None]


def outcome(case: Case, mode: str) -> Outcome:
    """What the engine says of one recording. Raises FileNotFoundError where it was not made."""
    path = case.recording(mode)
    if path is None:
        raise FileNotFoundError(f"{case.name}: no recording of mode {mode}")
    capture = hf.load(path)
    moment = case.truth.moment if case.truth.moment in capture.moments else capture.moments[0]
    assignments = attribute_capture(capture, moment).assignments
    profile = capture.profile(moment)
    owned = assignments[under(profile, case.truth.function)[assignments["callsite_id"].to_numpy()]]
    accepted = {case.truth.cause, *(cause for claim in case.expected for cause in claim.causes)}
    right = [any(is_within(cause, wanted) for wanted in accepted) for cause in owned["cause"]]
    return Outcome(
        case=case,
        mode=mode,
        findings=tuple(named(finding, case) for finding in findings_of(capture)),
        ledger_bytes=int(assignments["bytes"].sum()),
        unexplained_bytes=int(assignments.loc[assignments["cause"] == UNEXPLAINED, "bytes"].sum()),
        owned_bytes=int(owned["bytes"].sum()),
        owned_right_bytes=int(owned["bytes"].to_numpy()[np.array(right, dtype=bool)].sum()),
    )


def findings_of(capture: Capture) -> Sequence[Mapping[str, Any]]:
    """The findings of a diagnosis, as ``forensics diagnose --json`` writes them."""
    return diagnose(capture).to_json()["findings"]


def named(finding: Mapping[str, Any], case: Case) -> Mapping[str, Any]:
    """The finding with its owner's function, from the program's source where the format has lines alone."""
    owner = finding.get("owner")
    if not owner or owner["function"] not in ("", "<unknown>"):
        return finding
    source = case.app / Path(owner["file"]).relative_to(case.root) if _is_own(owner["file"], case) else None
    if source is None or not source.is_file():
        return finding
    return {**finding, "owner": {**owner, "function": function_at(source.read_text(), owner["line"])}}


def function_at(source: str, line: int) -> str:
    """Name of the innermost function that spans this line, ``<module>`` where none does."""
    spans = [
        (node.lineno, node.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.lineno <= line <= node.end_lineno
    ]
    return max(spans, default=(0, "<module>"))[1]


def _is_own(file: str, case: Case) -> bool:
    return file.endswith(".py") and Path(file).is_relative_to(case.root)


def under(profile: Profile, function: str) -> np.ndarray:
    """A bool per callsite: a function of this name is on its stack."""
    named = (
        profile.frames["function"].astype(str).map(lambda name: function_name(name) == function).to_numpy()
    )
    found = named[profile.callsites["frame_id"].to_numpy()]
    for callsite, parent in enumerate(profile.callsites["parent_id"].to_numpy()):
        found[callsite] |= parent >= 0 and found[parent]
    return found
