"""speedscope JSON: one moment, a sampled profile for each measure.

Source: github.com/jlfwong/speedscope, src/lib/file-format-spec.ts.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePath
from typing import Any

import numpy as np

from forensics.capture import Capture
from forensics.export.paths import Written, frame_paths, lost_columns, lost_of_capture, other_moments
from forensics.profile import Profile

_SCHEMA = "https://www.speedscope.app/file-format-schema.json"
_UNITS = ("bytes", "nanoseconds", "microseconds", "milliseconds", "seconds")
#: The name under which a profile without a unit counts blocks.
_BLOCKS = "allocations"


def write(capture: Capture, path: Path, *, moment: str | None = None) -> Written:
    """Write one moment; returns what the file does not hold."""
    profile = capture.profile(moment)
    document = {
        "$schema": _SCHEMA,
        "exporter": "heap-forensics",
        "name": f"{PurePath(profile.origin.path).name} ({profile.origin.moment})",
        "activeProfileIndex": 0,
        "shared": {"frames": _frames(profile)},
        "profiles": [_profile(profile, measure) for measure in profile.measures],
    }
    path.write_text(json.dumps(document, separators=(",", ":")) + "\n", encoding="utf-8")
    lost = (
        *other_moments(capture, [profile.origin.moment]),
        *lost_columns(profile, list(profile.measures)),
        "frames: their module and language",
        *lost_of_capture(capture),
    )
    return Written((profile.origin.moment,), lost)


def _frames(profile: Profile) -> list[dict[str, Any]]:
    rows = zip(
        profile.frames["function"], profile.frames["file"], profile.frames["line"].tolist(), strict=True
    )
    return [
        {"name": function, **({"file": file} if file else {}), **({"line": line} if line else {})}
        for function, file, line in rows
    ]


def _profile(profile: Profile, measure: str) -> dict[str, Any]:
    """A sampled profile: a stack (outermost first) and its weight for each call path that holds anything."""
    own = profile.own(measure)
    held = np.flatnonzero(own)
    unit = profile.measures[measure]
    return {
        "type": "sampled",
        "name": _BLOCKS if measure == "blocks" else measure if measure != "bytes" else profile.origin.moment,
        "unit": unit if unit in _UNITS else "none",
        "startValue": 0,
        "endValue": int(own.sum()),
        "samples": [path[::-1] for path in frame_paths(profile, held.tolist())],
        "weights": own[held].tolist(),
    }
