"""The peak recomputed with some callsites' allocations removed or scaled, many at once.

It removes events; it does not re-time the program. What would have run instead, or sooner, or with
other sizes, is outside what a record can say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from forensics.capture import Capture
from forensics.profile import Profile
from forensics.replay import kernels
from forensics.replay.stream import chunks, profiles_at, time_of

ASSUMPTION = "events are removed or scaled, the program is not re-timed"
#: Hypotheses of one pass; more are done in further passes.
WIDTH = 64


@dataclass(frozen=True, kw_only=True, eq=False)
class Hypothesis:
    """What to take away: ``kept`` is, per callsite, the share of its bytes that stays (0 removed, 1 kept)."""

    what: str
    kept: np.ndarray

    def __and__(self, other: Hypothesis) -> Hypothesis:
        """Both at once; where both scale a callsite, the factors multiply."""
        return Hypothesis(what=f"{self.what} + {other.what}", kept=self.kept * other.kept)


@dataclass(frozen=True, kw_only=True, eq=False)
class WhatIf:
    """One hypothesis with its exact peak."""

    what: str
    peak_bytes: int
    saves_bytes: int
    #: Sequence number of the event that reaches the new peak; -1 where nothing is left.
    peak_sequence: int
    #: The last memory record before the new peak.
    peak_at: datetime | None
    #: Bytes that the removed callsites held at the old peak: what other tools would promise.
    bytes_at_peak: int
    capture: Capture = field(repr=False)
    kept: np.ndarray = field(repr=False)

    def profile(self) -> Profile:
        """What holds the new peak: the profile at that moment without what was taken away."""
        (then,) = profiles_at(self.capture, [self.peak_sequence])
        allocations = then.allocations.copy()
        share = self.kept[allocations["callsite_id"].to_numpy()]
        for measure in then.measures:
            allocations[measure] = np.rint(allocations[measure].to_numpy() * share).astype(np.int64)
        allocations = allocations[share > 0].reset_index(drop=True)
        return Profile(
            frames=then.frames,
            callsites=then.callsites,
            allocations=allocations,
            origin=then.origin,
            measures=then.measures,
        ).with_origin(moment="peak", notes=(*then.origin.notes, f"without {self.what}: {ASSUMPTION}"))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from forensics.views.mimebundle import what_if_bundle

        return what_if_bundle(self)

    def __repr__(self) -> str:
        return (
            f"<WhatIf without {self.what}: peak {self.peak_bytes} bytes, saves {self.saves_bytes} "
            f"({self.bytes_at_peak} held at the recorded peak); {ASSUMPTION}>"
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Peaks:
    """The maxima of one pass, by hypothesis: bytes int64, sequence number int64, timeline row int32."""

    bytes: np.ndarray
    sequence: np.ndarray
    interval: np.ndarray


def peaks(capture: Capture, hypotheses: Sequence[np.ndarray]) -> Peaks:
    """The exact peak under each array of kept shares (float64 by callsite, 0 to 1 or above).

    One pass over the events per 64 hypotheses. Raises CannotReplay where there are none.
    """
    parts = [_pass(capture, hypotheses[i : i + WIDTH]) for i in range(0, len(hypotheses), WIDTH)]
    return Peaks(
        bytes=np.concatenate([part.bytes for part in parts]),
        sequence=np.concatenate([part.sequence for part in parts]),
        interval=np.concatenate([part.interval for part in parts]),
    )


def _pass(capture: Capture, hypotheses: Sequence[np.ndarray]) -> Peaks:
    group_of, weights = group_alike(hypotheses)
    sums = np.zeros(len(hypotheses), np.int64)
    best, best_at = np.zeros_like(sums), np.full_like(sums, -1)
    best_interval = np.full(len(sums), -1, np.int32)
    for chunk in chunks(capture):
        kernels.advance_peaks(
            chunk.callsite_id, chunk.bytes, chunk.interval, chunk.first,
            group_of, np.empty(len(chunk.callsite_id), np.uint32), weights, sums, best, best_at,
            best_interval,
        )  # fmt: skip
    return Peaks(bytes=(best + kernels.ONE // 2) // kernels.ONE, sequence=best_at, interval=best_interval)


def group_alike(hypotheses: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Callsites that every hypothesis treats alike share a group.

    Returns the group of each callsite (int32) and the fixed-point weights (int64, hypothesis
    by group). Columns are folded in one by one, so memory is one row per callsite.
    """
    group_of = np.zeros(len(hypotheses[0]), np.int64)
    for kept in hypotheses:
        fixed = np.rint(kept * kernels.ONE).astype(np.int64)
        levels, level = np.unique(fixed, return_inverse=True)
        _, group_of = np.unique(group_of * len(levels) + level, return_inverse=True)
    first = np.zeros(int(group_of.max(initial=-1)) + 1, np.int64)
    first[group_of] = np.arange(len(group_of))
    weights = np.stack([np.rint(kept[first] * kernels.ONE).astype(np.int64) for kept in hypotheses])
    return group_of.astype(np.int32), np.ascontiguousarray(weights)


def ask(
    capture: Capture, hypotheses: Sequence[Hypothesis], *, peak_bytes: int, own_at_peak: np.ndarray
) -> list[WhatIf]:
    """Every hypothesis answered, in the order asked.

    ``peak_bytes`` is the recorded peak, ``own_at_peak`` the bytes each callsite held at it.
    """
    if not hypotheses:
        return []
    found = peaks(capture, [hypothesis.kept for hypothesis in hypotheses])
    return [
        WhatIf(
            what=hypothesis.what,
            peak_bytes=int(peak),
            saves_bytes=peak_bytes - int(peak),
            peak_sequence=int(sequence),
            peak_at=time_of(capture, int(interval)) if sequence >= 0 else None,
            bytes_at_peak=int(np.rint((own_at_peak * (1 - hypothesis.kept)).sum())),
            capture=capture,
            kept=hypothesis.kept,
        )
        for hypothesis, peak, sequence, interval in zip(
            hypotheses, found.bytes, found.sequence, found.interval, strict=True
        )
    ]
