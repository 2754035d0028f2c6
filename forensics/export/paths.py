"""What all writers share: call paths of callsites, and what a file of paths and values does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from forensics.capture import Capture
from forensics.profile import NO_PARENT, Profile


class Written(NamedTuple):
    """What a file holds after writing: its moments, and a line for each thing it does not hold."""

    moments: tuple[str, ...]
    lost: tuple[str, ...]


def frame_paths(profile: Profile, callsites: Sequence[int]) -> Iterator[list[int]]:
    """The frame ids of each of these callsites, innermost first."""
    parents = profile.callsites["parent_id"].to_numpy().tolist()
    frames = profile.callsites["frame_id"].to_numpy().tolist()
    for callsite in callsites:
        path = []
        while callsite != NO_PARENT:
            path.append(frames[callsite])
            callsite = parents[callsite]
        yield path


def other_moments(capture: Capture, written: Sequence[str]) -> tuple[str, ...]:
    """A line for each moment that is not written."""
    return tuple(
        f"moment {moment!r}: --moment {moment} writes it"
        for moment in capture.moments
        if moment not in written
    )


def lost_of_capture(capture: Capture) -> tuple[str, ...]:
    """What no format of call paths and values holds of a capture, a line each."""
    lost = []
    if capture.event_stream is not None:
        lost.append("events: the order of allocations and frees")
    if len(capture.timeline):
        lost.append("timeline: memory over time")
    if capture.sidecar is not None:
        lost.append("side-car: limit, packages, machine")
    if not capture.complete:
        lost.append(f"health: that the dump is {capture.health.state} ({capture.health.detail})")
    return tuple(lost)


def lost_columns(profile: Profile, held: Sequence[str]) -> tuple[str, ...]:
    """A line for each column of the allocations with any content that is not among ``held``."""
    lost = []
    for name, column in profile.allocations.items():
        if name in held or name == "callsite_id":
            continue
        if _says_something(column):
            lost.append(f"column {name!r}")
    return tuple(lost)


def _says_something(column: pd.Series) -> bool:
    """Whether any number is not 0, any text not empty."""
    return bool((column != 0 if column.dtype.kind in "if" else column.astype("str") != "").any())
