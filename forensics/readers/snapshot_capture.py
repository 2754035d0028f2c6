"""A capture of finished profiles: what every format that is one snapshot has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from forensics.capture import Capture, Health, Summary, empty_timeline
from forensics.profile import Origin, Profile
from forensics.readers.source import Source


def snapshot_capture(
    source: Source,
    profiles: Mapping[str, Profile],
    *,
    origin: Origin,
    health: Health,
    timeline: pd.DataFrame | None = None,
    extras: Mapping[str, object] | None = None,
) -> Capture:
    """The capture that gives these profiles, moment by moment, each under the origin of the file.

    ``origin`` says what the format knows; path, hash and completeness are filled in here.
    """
    known = replace(
        origin,
        path=str(source.path),
        sha256=source.sha256,
        complete=health.complete,
        missing=health.detail,
    )
    made = {moment: replace(p, origin=replace(known, moment=moment)) for moment, p in profiles.items()}
    return Capture(
        origin=known,
        health=health,
        summaries={moment: Summary(p.total_bytes, p.total_blocks) for moment, p in made.items()},
        profiles={moment: lambda p=p: p for moment, p in made.items()},  # type: ignore[misc]
        timeline=empty_timeline() if timeline is None else timeline,
        extras=extras or {},
    )
