"""What git knows of a directory. The only module that runs git; nothing is ever written."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

_PATIENCE_SECONDS = 10


class HeadFacts(NamedTuple):
    """The checked-out commit; '' and None where the directory is in no readable repository."""

    commit: str = ""
    #: Whether tracked files differ from the commit.
    dirty: bool | None = None
    root: str = ""


def head_facts(directory: Path) -> HeadFacts:
    """Commit, dirty flag and root of the repository around this directory."""
    root = _git(directory, "rev-parse", "--show-toplevel")
    if not root:
        return HeadFacts()
    commit = _git(directory, "rev-parse", "--verify", "--quiet", "HEAD") or ""
    changes = _git(directory, "status", "--porcelain", "--untracked-files=no")
    return HeadFacts(commit, None if changes is None else bool(changes), root)


def _git(directory: Path, *arguments: str) -> str | None:
    """Standard output of one git command, None where git is missing, refuses or takes too long."""
    try:
        done = subprocess.run(
            ["git", "-C", str(directory), "--no-optional-locks", *arguments],
            capture_output=True,
            check=True,
            timeout=_PATIENCE_SECONDS,
        )
    except (OSError, subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace").strip()
