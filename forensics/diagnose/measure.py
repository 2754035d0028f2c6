"""What a capture says of the subject of a claim: an interval, or why it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from forensics.attribute import select
from forensics.attribute.assign import COUNTS
from forensics.attribute.select import frames_like
from forensics.attribute.sweep import NONE, innermost
from forensics.causes import parent
from forensics.diagnose.case import Case
from forensics.diagnose.claims_file import COUNT_METRICS, Claim
from forensics.diagnose.outside import known_counts, only_rises
from forensics.profile import NO_STACK

#: Causes whose memory tracemalloc cannot see: it is allocated outside of Python's allocators.
UNSEEN_BY_TRACEMALLOC = ("tls", "data", "model-load", "pool/db", "pool/thread", "concurrency")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Between ``low`` and ``high`` of ``unit``; ``whole`` is what a share is a share of."""

    low: float
    high: float
    unit: str
    whole: float
    #: Why the upper end is above the lower one, in words; '' where they are equal.
    because: str = ""

    def scaled(self, size: float) -> Measured:
        """The interval as shares of a whole."""
        return Measured(
            low=self.low / size, high=self.high / size, unit="share", whole=1, because=self.because
        )


@dataclass(frozen=True, kw_only=True)
class Silent:
    """Nothing is measured, and what would be needed."""

    why: str
    would_settle: str


def measure(case: Case, claim: Claim) -> Measured | Silent:
    """The claim's subject in this capture, at the moment of the case."""
    if claim.metric:
        return _metric(case, claim.metric)
    mask = mask_of(case, claim.subject)
    if case.profile.primary_measure in COUNTS:
        count = int(case.profile.own(case.profile.primary_measure)[mask].sum())
        return Measured(low=count, high=count, unit="goroutines", whole=count)
    return _bytes(case, claim, mask)


def mask_of(case: Case, subject: Mapping[str, str]) -> np.ndarray:
    """A bool per callsite: everything of the subject matches."""
    assignment = case.ledger.assignment
    masks = [select(case.profile, key, value, assignment=assignment) for key, value in subject.items()]
    return np.logical_and.reduce(masks)


def _bytes(case: Case, claim: Claim, mask: np.ndarray) -> Measured | Silent:
    blind = _blind(case, claim)
    if blind and not case.bytes[mask].any():
        return Silent(
            why="a tracemalloc snapshot does not see such memory",
            would_settle="record with memray, with a side-car for RSS",
        )
    size, arenas = int(case.bytes[mask].sum()), int(case.arenas[mask].sum())
    open_bytes = _open_bytes(case, claim.subject, mask)
    because = []
    if arenas:
        because.append(f"{arenas} bytes of it are arenas, charged to whoever asked next")
    if open_bytes:
        because.append(f"{open_bytes} bytes have no cause or no call path")
    return Measured(
        low=size - arenas, high=size + open_bytes, unit="bytes", whole=case.total, because="; ".join(because)
    )


def _open_bytes(case: Case, subject: Mapping[str, str], mask: np.ndarray) -> int:
    """Bytes that might be the subject's: unexplained ones for a cause, those without a call path else.

    Arenas elsewhere are left out: that they are somebody else's is as likely for each.
    """
    frame_of = case.profile.callsites["frame_id"].to_numpy()
    stackless = (case.profile.frames["function"] == NO_STACK).to_numpy()[frame_of]
    might = stackless | (case.ledger.assignment.has_cause("unexplained") if "cause" in subject else False)
    return int(case.bytes[might & ~mask].sum())


def _blind(case: Case, claim: Claim) -> bool:
    cause = claim.subject.get("cause", "")
    return case.capture.origin.format == "tracemalloc" and (
        cause in UNSEEN_BY_TRACEMALLOC or parent(cause) in UNSEEN_BY_TRACEMALLOC
    )


def _metric(case: Case, metric: str) -> Measured | Silent:
    if metric == "heap":
        return Measured(low=case.total, high=case.total, unit="bytes", whole=case.total)
    if metric == "rss":
        return _of(case.capture.peak_rss_bytes, "bytes", "RSS is not in this dump")
    if metric == "duration":
        origin = case.capture.origin
        known = origin.started is not None and origin.ended is not None
        seconds = (origin.ended - origin.started).total_seconds() if known else None  # type: ignore[operator]
        return _of(seconds, "seconds", "the dump has no start and end")
    if metric == "goroutines" and case.profile.primary_measure in ("goroutine", "goroutines"):
        return _of(int(case.profile.own(case.profile.primary_measure).sum()), "goroutines", "")
    return _counted(case, metric)


def _counted(case: Case, metric: str) -> Measured | Silent:
    sidecar = case.capture.sidecar
    column = "virtual_bytes" if metric == "virtual" else metric
    if sidecar is None or column not in sidecar.samples or sidecar.samples[column].max() < 0:
        return Silent(
            why=f"nobody counted {metric}", would_settle=f"record with a side-car, which samples {metric}"
        )
    unit = metric if metric in COUNT_METRICS else "bytes"
    return _of(int(sidecar.samples[column].max()), unit, "")


def _of(value: float | None, unit: str, why: str) -> Measured | Silent:
    if value is None:
        return Silent(why=why, would_settle="record with a side-car, which samples the process from outside")
    return Measured(low=value, high=value, unit=unit, whole=value)


def growth(case: Case, claim: Claim) -> bool | Silent:
    """Whether the subject grows while the program runs."""
    if claim.metric in COUNT_METRICS and case.capture.sidecar is not None:
        counts = known_counts(case.capture.sidecar.samples, claim.metric)
        return only_rises(counts) if counts is not None else _no_time()
    if not claim.subject or not case.is_followed:
        return _no_time()
    from forensics.attribute.kept import is_work
    from forensics.lifetimes import lifetimes

    mask = mask_of(case, claim.subject)
    if not case.bytes[mask].any() and not case.at_end[mask].any():
        return False
    of = np.where(mask, 0, NONE).astype(np.int32)
    work = is_work(case.ledger.assignment.phase)
    return lifetimes(case.capture, of, work=work).behaviour(0) == "grows"


def _no_time() -> Silent:
    return Silent(
        why="one moment does not show growth", would_settle="record with memray (not aggregated), or a series"
    )


def rival(case: Case, claim: Claim) -> int:
    """The most that anything else of the subject's kind holds: another cause, another owner, another path."""
    if "cause" in claim.subject:
        mine = claim.subject["cause"]
        table = case.ledger.table
        others = table[(table["cause"] != mine) & (table["cause"].map(parent) != mine)]
        return int(others["bytes"].max()) if len(others) else 0
    inside = mask_of(case, claim.subject)
    owners = case.owner_keys
    sums = np.zeros(int(owners.max(initial=0)) + 1, dtype=np.int64)
    np.add.at(sums, owners[~inside], case.bytes[~inside])
    return int(sums.max(initial=0))


def on_any_path(case: Case, claim: Claim) -> bool:
    """Whether the subject is on any call path at all, also one that allocated and gave back."""
    keys = [key for key in ("function", "file", "module") if key in claim.subject]
    frame_of = case.profile.callsites["frame_id"].to_numpy()
    masks = [
        frames_like(case.profile, key, claim.subject[key], case.ledger.assignment)[frame_of] for key in keys
    ]
    return bool(masks) and any((innermost(case.profile.callsites, mask) != NONE).any() for mask in masks)
