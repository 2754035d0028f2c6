"""Folded stacks: ``outermost;…;innermost bytes``, a line for each call path that holds anything."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from forensics.capture import Capture
from forensics.export.paths import Written, frame_paths, lost_columns, lost_of_capture, other_moments
from forensics.profile import Profile


def write(capture: Capture, path: Path, *, moment: str | None = None) -> Written:
    """Write one moment, by its first measure; returns what the file does not hold."""
    chosen = moment or next(iter(capture.moments), None)
    profile = capture.profile(chosen)
    names, altered = frame_names(profile)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in folded_lines(profile, names))
    measure = profile.primary_measure
    lost = (
        *other_moments(capture, [profile.origin.moment]),
        f"the unit of the numbers: {profile.measures[measure]} ({measure})",
        *lost_columns(profile, [measure]),
        "frames: their module and language",
        *((f"the exact names of {altered} frames: ; and line breaks are replaced",) if altered else ()),
        *lost_of_capture(capture),
    )
    return Written((profile.origin.moment,), lost)


def folded_lines(profile: Profile, names: list[str]) -> list[str]:
    """The lines, sorted; call paths of the same names are one."""
    own = profile.own(profile.primary_measure)
    held = np.flatnonzero(own)
    sums: dict[str, int] = {}
    for value, path in zip(own[held].tolist(), frame_paths(profile, held.tolist()), strict=True):
        text = ";".join(names[frame] for frame in reversed(path))
        sums[text] = sums.get(text, 0) + value
    return [f"{text} {value}" for text, value in sorted(sums.items())]


def frame_names(profile: Profile) -> tuple[list[str], int]:
    """``function (file:line)`` of each frame, and how many had to be changed to stand in a line."""
    frames = profile.frames
    wanted = [
        f"{function} ({file}:{line})" if file and line else f"{function} ({file})" if file else function
        for function, file, line in zip(frames["function"], frames["file"], frames["line"], strict=True)
    ]
    names = [_one_word(name) for name in wanted]
    return names, sum(name != want for name, want in zip(names, wanted, strict=True))


def _one_word(name: str) -> str:
    """The name without what ends a frame or a line, and never empty."""
    plain = name.replace(";", ":")
    return (
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in plain).strip() or "(unknown)"
    )
