"""Dumps that a test spells out: text to a file, a file to stacks."""

from __future__ import annotations

from pathlib import Path

import forensics as hf
from forensics.profile import Profile


def load_text(tmp_path: Path, content: str | bytes, name: str = "dump") -> hf.Capture:
    """The capture of a file of this content."""
    return hf.load(write(tmp_path, content, name))


def write(tmp_path: Path, content: str | bytes, name: str = "dump") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def stacks(profile: Profile, measure: str = "bytes") -> dict[str, int]:
    """Functions of each call path joined by `` > ``, outermost first, and its measure."""
    found: dict[str, int] = {}
    for callsite, value in zip(profile.allocations["callsite_id"], profile.allocations[measure], strict=True):
        path = " > ".join(profile.stack(callsite)["function"])
        found[path] = found.get(path, 0) + int(value)
    return found


def fault_of(path: Path) -> str:
    """The error of loading all that the file gives, '' where there is none."""
    try:
        capture = hf.load(path)
        for moment in capture.moments:
            capture.profile(moment)
    except hf.ForensicsError as error:
        return str(error)
    return ""
