"""One case: a broken file is opened, with everything that its capture offers."""

from __future__ import annotations

from pathlib import Path

import forensics as hf
from forensics.errors import DumpError


def outcome(path: Path) -> str:
    """The one line of the error, or '' where the file opens and its moments add up.

    Raises AssertionError where a capture contradicts itself or an error is not one line, and whatever
    else a reader lets through.
    """
    try:
        capture = hf.load(path)
        for moment in capture.moments:
            profile = capture.profile(moment)
            held = (profile.total_bytes, profile.total_blocks)
            assert held == capture.summaries[moment], f"{moment} holds {held}, not what its summary says"
        if capture.event_stream is not None:
            for _ in capture.events():
                pass
    except DumpError as error:
        line = str(error)
        assert line.strip(), "an error without a text"
        assert "\n" not in line, f"an error of several lines: {line!r}"
        return line
    return ""
