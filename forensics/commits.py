"""What git knows of a directory. The only module that runs git; nothing is ever written."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple, Self

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


def files_at(repository: Path, commit: str) -> tuple[str, ...] | None:
    """Paths of all files of a commit, relative to the repository's root; None where git does not know it."""
    if not _is_plain(commit):
        return None
    listed = _git(repository, "ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options", commit)
    return None if listed is None else tuple(filter(None, listed.split("\0")))


class Blobs:
    """Contents of files at commits, through one ``git cat-file --batch`` that is kept open.

    A context manager. Raises OSError on entry where git cannot be started.
    """

    def __init__(self, repository: Path) -> None:
        self._repository = repository

    def __enter__(self) -> Self:
        self._git = subprocess.Popen(
            ["git", "-C", str(self._repository), "--no-optional-locks", "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, *exception: object) -> None:
        self._git.communicate()

    def read(self, commit: str, path: str, *, limit: int) -> bytes | None:
        """The content of a file at a commit; None where there is none or it has more than ``limit`` bytes."""
        if not _is_plain(commit) or "\n" in path or self._git.stdin is None or self._git.stdout is None:
            return None
        try:
            self._git.stdin.write(f"{commit}:{path}\n".encode())
            self._git.stdin.flush()
        except BrokenPipeError:
            return None
        header = self._git.stdout.readline().split()
        if len(header) != 3 or header[1] != b"blob":
            self._skip(header)
            return None
        content = self._git.stdout.read(int(header[2]) + 1)[:-1]
        return content if len(content) <= limit else None

    def _skip(self, header: list[bytes]) -> None:
        """Read over an answer that is no blob, such as a directory."""
        if len(header) == 3 and self._git.stdout is not None and header[2].isdigit():
            self._git.stdout.read(int(header[2]) + 1)


def _is_plain(commit: str) -> bool:
    """Whether this can be the name of a commit and nothing else."""
    return (
        bool(commit) and commit.isprintable() and not commit.startswith("-") and not set(commit) & set(" :\\")
    )
