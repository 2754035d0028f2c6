"""Replaying a capture: the exact peak, any other moment, and what would have been without a suspect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from forensics.attribute import Ledger, attribute_capture, select
from forensics.capture import Capture
from forensics.errors import BadDump, CannotReplay, UsageError
from forensics.profile import Profile
from forensics.replay import kernels
from forensics.replay.curve import heap_curve, near_peaks
from forensics.replay.fix import Fix, Resident, Search
from forensics.replay.resident import Interval, resident_bytes
from forensics.replay.stream import after, chunks, profiles_at, time_of, until
from forensics.replay.what_if import ASSUMPTION, Hypothesis, WhatIf, ask, peaks
from forensics.text import size_of

__all__ = ["ASSUMPTION", "Fix", "Hypothesis", "Replay", "WhatIf", "replay", "savings"]

KEYS = ("cause", "owner", "function", "file", "callsite")


@dataclass(frozen=True, kw_only=True, eq=False)
class Replay:
    """A capture that can be asked about any moment and about what would have been.

    ``peak_bytes``, ``peak_sequence``, ``peak_at``: the exact peak of the heap, the event that
    reaches it, and the last memory record before it.
    """

    capture: Capture
    peak_bytes: int
    peak_sequence: int
    peak_at: datetime | None
    #: The profile whose frames and callsites every mask is about.
    base: Profile = field(repr=False)

    # What was

    @cached_property
    def curve(self) -> pd.DataFrame:
        """The heap over time by cause: see `forensics.replay.curve.heap_curve`."""
        return self.by(self._causes)

    def by(self, groups: Mapping[str, np.ndarray], *, points: int = 400) -> pd.DataFrame:
        """The heap over time by any groups of callsites, exact maxima kept."""
        return heap_curve(self.capture, groups, points=points)

    @cached_property
    def near_peaks(self) -> pd.DataFrame:
        """Other moments that reach 95 % of the peak and would have been as fatal."""
        return near_peaks(self.curve)

    @cached_property
    def running_at_peak(self) -> Mapping[str, pd.DataFrame]:
        """The frames each thread was running at the peak, outermost first; {} where the dump cannot tell."""
        stacks = self.capture.extras.get("thread_stacks_at_peak")
        if not isinstance(stacks, Mapping):
            return {}
        return {str(thread): self.base.frames.iloc[list(frames)] for thread, frames in stacks.items()}

    def profile(
        self,
        *,
        sequence: int | None = None,
        at: datetime | None = None,
        window: tuple[datetime, datetime] | None = None,
    ) -> Profile:
        """The profile after an event, at a time, or at the highest moment inside a window; else at the peak.

        A time means the last event before the first memory record after it (records are about
        10 ms apart: events carry no time of their own).
        """
        if window is not None:
            sequence = self._highest(*window)
        elif at is not None:
            sequence = self._last_event(self._interval(at))
        wanted = self.peak_sequence if sequence is None else sequence
        (found,) = profiles_at(self.capture, [wanted])
        return found.with_origin(moment="peak" if wanted == self.peak_sequence else "live")

    def at_highest_rss(self) -> Profile:
        """The profile at the highest resident set. Raises CannotReplay where no RSS was recorded."""
        line = self.capture.timeline
        if not len(line) or line["rss_bytes"].max() < 0:
            raise CannotReplay(f"{self.capture.origin.path}: holds no RSS")
        return self.profile(at=line["time"].iloc[int(line["rss_bytes"].argmax())].to_pydatetime(warn=False))

    def released_after_peak(self, *, milliseconds: int = 100) -> np.ndarray:
        """Net bytes by which each callsite fell below its level at the peak; int64 by callsite."""
        if self.peak_at is None:
            return np.zeros(len(self.base.callsites), np.int64)
        end = self._last_event(self._interval(self.peak_at + timedelta(milliseconds=milliseconds)))
        live = np.zeros(len(self.base.callsites), np.int64)
        for chunk in chunks(self.capture):
            before = until(chunk, self.peak_sequence)
            np.add.at(live, before.callsite_id, before.bytes)
        lowest = live.copy()
        at_peak = live.copy()
        for chunk in chunks(self.capture):
            part = until(after(chunk, self.peak_sequence), end)
            kernels.advance_lowest(part.callsite_id, part.bytes, live, lowest)
        return at_peak - lowest

    # What would have been

    def without(self, **selections: object) -> WhatIf:
        """The exact peak without some allocations: ``cause=``, ``owner=``, ``function=`` (anywhere on the
        stack), ``file=``, ``callsites=`` (ids or a bool mask). Several keys, or a list, remove the union.

        It removes events; it does not re-time the program. Raises UsageError where nothing matches.
        """
        return self.ask([self._removal(selections)])[0]

    def scaled(self, cause: str, factor: float) -> WhatIf:
        """The exact peak with every allocation of a cause scaled: 30 connections to 5 is ``factor=5/30``.

        It assumes that each block of the cause shrinks alike and nothing else changes.
        """
        if not 0 <= factor <= 1000:
            raise UsageError(f"a factor is between 0 and 1000, not {factor}")
        mask = self.mask("cause", cause)
        kept = np.where(mask, factor, 1.0)
        return self.ask([Hypothesis(what=f"cause={cause} x {factor:g}", kept=kept)])[0]

    def ask(self, hypotheses: Sequence[Hypothesis]) -> list[WhatIf]:
        """Many hypotheses, 64 a pass over the events."""
        return ask(self.capture, hypotheses, peak_bytes=self.peak_bytes, own_at_peak=self._own_at_peak)

    def interaction(self, one: Hypothesis, other: Hypothesis) -> int:
        """Bytes that both save together beyond what they save one by one (below 0: they overlap)."""
        both, first, second = self.ask([one & other, one, other])
        return both.saves_bytes - first.saves_bytes - second.saves_bytes

    def smallest_fix(self, limit: int | str, *, by: Literal["cause", "owner"] = "cause") -> Fix:
        """The smallest set of causes (or owners) whose removal keeps the run within a limit.

        Held against the RSS expected where the capture has RSS, else against the heap's peak.
        """
        groups = self._causes if by == "cause" else self._owners
        rss = self.capture.peak_rss_bytes
        came = self.resident(groups) if rss is not None else {}
        held = {name: int(self._own_at_peak[mask].sum()) for name, mask in groups.items()}
        shares = {name: came[name].expected / held[name] for name in came if held[name]}
        return Search(
            capture=self.capture,
            groups=groups,
            limit_bytes=size_of(limit) or 0,
            peak_bytes=self.peak_bytes,
            at_peak=self._own_at_peak,
            resident=None if rss is None or not shares else Resident(rss_bytes=rss, shares=shares),
        ).smallest()

    def resident(self, groups: Mapping[str, np.ndarray]) -> dict[str, Interval]:
        """Bytes of RSS that came with each group of callsites: see `forensics.replay.resident`."""
        return resident_bytes(self.capture, groups)

    def rss_without(self, what_if: WhatIf) -> Interval | None:
        """The highest RSS expected under a what-if; None where the capture has no RSS over time.

        What came with the removed callsites, in the proportion in which the heap's peak really falls
        (another moment may take its place), is taken off the highest RSS.
        """
        rss = self.capture.peak_rss_bytes
        removed = what_if.kept != 1
        came = self.resident({"removed": removed}).get("removed")
        held = int(self._own_at_peak[removed].sum())
        if rss is None or came is None or held == 0:
            return None
        share = what_if.saves_bytes / held
        off = sorted((share * came.low, share * came.high))
        return Interval(
            low=max(0, int(rss - off[1])),
            expected=max(0, int(rss - share * came.expected)),
            high=max(0, int(rss - off[0])),
        )

    def mask(self, key: str, value: object) -> np.ndarray:
        """The callsites that a selection means, as a bool mask. Raises UsageError where there are none."""
        if key in ("callsite", "callsites"):
            return self._callsite_mask(value)
        mask = select(self.base, key, str(value), assignment=self.ledger.assignment)
        if not mask.any():
            raise UsageError(f"{self.capture.origin.path}: no callsite has {key}={value}")
        return mask

    def _removal(self, selections: Mapping[str, object]) -> Hypothesis:
        if not selections:
            raise UsageError(f"without what? name one of {', '.join(KEYS)}")
        pairs = [(key, value) for key, values in selections.items() for value in _each(key, values)]
        masks = [self.mask(key, value) for key, value in pairs]
        what = " + ".join(f"{key}={value}" if key != "callsites" else "callsites" for key, value in pairs)
        return Hypothesis(what=what, kept=1.0 - np.logical_or.reduce(masks))

    def _callsite_mask(self, value: object) -> np.ndarray:
        chosen = np.atleast_1d(np.asarray(value))
        mask = np.zeros(len(self.base.callsites), bool)
        try:
            mask[chosen if chosen.dtype == bool else chosen.astype(np.int64)] = True
        except (IndexError, ValueError) as error:
            raise UsageError(f"{self.capture.origin.path}: no callsite {value}") from error
        return mask

    @cached_property
    def _own_at_peak(self) -> np.ndarray:
        return self.capture.profile("peak").own()

    @cached_property
    def ledger(self) -> Ledger:
        """Causes and owners of everything ever allocated, told with what the run shows of each callsite."""
        return attribute_capture(self.capture, "allocated" if "allocated" in self.capture.profiles else None)

    @cached_property
    def _causes(self) -> dict[str, np.ndarray]:
        causes = self.ledger.causes
        return {cause: causes == cause for cause in pd.unique(causes)}

    @cached_property
    def _owners(self) -> dict[str, np.ndarray]:
        owners = self.ledger.owners
        return {owner: owners == owner for owner in pd.unique(owners) if owner}

    # Times

    def _interval(self, at: datetime) -> int:
        """The timeline row that this time falls into; -1 before the first."""
        times = self.capture.timeline["time"]
        return int(times.searchsorted(pd.Timestamp(at).tz_convert("UTC"), side="right")) - 1

    def _last_event(self, interval: int) -> int:
        """The last event of this timeline row or an earlier one; -1 if there is none."""
        last = -1
        for chunk in chunks(self.capture):
            inside = int(np.searchsorted(chunk.interval, interval, side="right"))
            last = chunk.first + inside - 1 if inside else last
            if inside < len(chunk.interval):
                break
        return last

    def _highest(self, start: datetime, end: datetime) -> int:
        first = self._last_event(self._interval(start) - 1)
        last = self._last_event(self._interval(end))
        live, best, best_at = 0, -1, last
        for chunk in chunks(self.capture):
            sums = live + np.cumsum(chunk.bytes)
            live = int(sums[-1]) if len(sums) else live
            inside = sums[max(0, first + 1 - chunk.first) : max(0, last + 1 - chunk.first)]
            if len(inside) and inside.max() > best:
                best = int(inside.max())
                best_at = chunk.first + max(0, first + 1 - chunk.first) + int(inside.argmax())
        return best_at

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from forensics.views.mimebundle import replay_bundle

        return replay_bundle(self)

    def __repr__(self) -> str:
        return f"<Replay of {self.capture.origin.path}: peak {self.peak_bytes} bytes at {self.peak_at}>"


def replay(capture: Capture) -> Replay:
    """The capture replayed from its events.

    Raises CannotReplay where the dump has none (aggregated captures, snapshots), and BadDump where
    a whole capture's replayed peak is not the one its recorder wrote.
    """
    capture.events()
    base = capture.profile("allocated" if "allocated" in capture.profiles else None)
    found = peaks(capture, [np.ones(len(base.callsites))])
    peak_bytes, sequence = int(found.bytes[0]), int(found.sequence[0])
    recorded = capture.summaries.get("peak")
    if capture.complete and recorded is not None and recorded.bytes != peak_bytes:
        raise BadDump(
            capture.origin.path,
            f"replays to a peak of {peak_bytes} bytes where {recorded.bytes} were recorded",
        )
    return Replay(
        capture=capture,
        peak_bytes=peak_bytes,
        peak_sequence=sequence,
        peak_at=time_of(capture, int(found.interval[0])) if sequence >= 0 else None,
        base=base,
    )


def savings(capture: Capture, masks: Sequence[np.ndarray]) -> list[int]:
    """Bytes by which the exact peak falls without each mask's callsites, all in one pass per 64."""
    if not masks:
        return []
    kept = [np.ones(len(masks[0])), *(1.0 - mask for mask in masks)]
    found = peaks(capture, kept).bytes
    return [int(found[0] - peak) for peak in found[1:]]


def _each(key: str, values: object) -> Iterable[object]:
    """The values of one selection: a list or tuple is several, except of callsites."""
    if key in ("callsite", "callsites") or not isinstance(values, list | tuple):
        return [values]
    return values
