"""Function names for frames that have only a file and a line, out of the source they ran from.

Nothing named by a dump is opened unless it lies in the checkout or commit that the caller names;
sources are parsed, never imported or run.
"""

from __future__ import annotations

import ast
import re
import stat
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
import pandas as pd

from forensics.capture import Capture
from forensics.commits import Blobs, files_at
from forensics.errors import UsageError
from forensics.profile import Profile
from forensics.readers.tracemalloc_snapshot import UNKNOWN_FUNCTION

LARGEST_SOURCE = 4 << 20
MODULE_LEVEL = "<module>"

_LIBRARY = re.compile(r"(^|/)(site-packages|dist-packages|lib(64)?/python\d+(\.\d+)?)/")
#: From a file's path in the checkout to its content, None where there is no such source.
_Read = Callable[[str], bytes | None]
_Held = TypeVar("_Held", Profile, Capture)


def recover_functions(
    held: _Held,
    *,
    root: str | PathLike[str] | None = None,
    repo: str | PathLike[str] | None = None,
    commit: str = "",
) -> _Held:
    """The profile or capture with function names where its source tells them; else ``<unknown>``.

    The name is that of the innermost ``def`` or ``class`` that spans the line, ``<module>`` outside
    of any. The source is a checkout (``root``), or a git repository (``repo``) at ``commit``, by
    default the commit of the dump, else HEAD. A dump's absolute paths are matched with it by the
    recorded repository root, else by the prefix under which most files are found. Libraries are
    left alone. Raises UsageError unless exactly one of ``root`` and ``repo`` is given, or where
    git does not know the commit.
    """
    if (root is None) == (repo is None):
        raise UsageError("recover_functions needs a checkout (root=) or a git repository (repo=)")
    recover: Callable[..., Any] = partial(_of_profile, root=root, repo=repo, commit=commit)
    if isinstance(held, Profile):
        return recover(held)
    profiles = {moment: partial(_made_and, recover, make) for moment, make in held.profiles.items()}
    return replace(held, profiles=profiles, _made={})


def _made_and(recover: Callable[[Profile], Profile], make: Callable[[], Profile]) -> Profile:
    return recover(make())


def _of_profile(
    profile: Profile, *, root: str | PathLike[str] | None, repo: str | PathLike[str] | None, commit: str
) -> Profile:
    if root is not None:
        return _recovered(profile, _Checkout(Path(root)), f"the checkout {Path(root).name}")
    at = commit or profile.origin.commit or "HEAD"
    with _Commit(Path(str(repo)), at) as source:
        return _recovered(profile, source, f"commit {at[:12]}")


class _Checkout:
    """Python files below a directory; links that lead out of it are not followed."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def has(self, path: str) -> bool:
        try:
            found = (self.root / path).resolve()
            return found.is_relative_to(self.root) and stat.S_ISREG(found.stat().st_mode)
        except (OSError, ValueError):
            return False

    def read(self, path: str) -> bytes | None:
        found = (self.root / path).resolve()
        try:
            return found.read_bytes() if found.stat().st_size <= LARGEST_SOURCE else None
        except OSError:
            return None


class _Commit:
    """Python files of one commit."""

    def __init__(self, repository: Path, commit: str) -> None:
        self.root = repository.resolve()
        self._commit = commit
        files = files_at(repository, commit)
        if files is None:
            raise UsageError(f"{repository}: git knows no commit {commit!r} there")
        self._files = frozenset(files)
        self._blobs = Blobs(repository)

    def __enter__(self) -> Self:
        self._blobs.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self._blobs.__exit__(*exception)

    def has(self, path: str) -> bool:
        return path in self._files

    def read(self, path: str) -> bytes | None:
        return self._blobs.read(self._commit, path, limit=LARGEST_SOURCE)


def _recovered(profile: Profile, source: _Checkout | _Commit, where: str) -> Profile:
    frames = profile.frames
    unnamed = (
        (frames["function"] == UNKNOWN_FUNCTION) & (frames["line"] > 0) & frames["file"].str.endswith(".py")
    )
    files = frames["file"][unnamed]
    places = _places(files.unique(), profile.origin.repo_root, source)
    functions = frames["function"].to_numpy(dtype=object, copy=True)
    lines = frames["line"].to_numpy()
    for file, rows in files.groupby(files, sort=False).groups.items():
        names = _names(source.read, places.get(str(file)))
        inside = [row for row in rows if lines[row] < len(names)]
        functions[inside] = names[lines[inside]]
    named = int((functions[unnamed.to_numpy()] != UNKNOWN_FUNCTION).sum())
    note = f"function names of {named} of {int(unnamed.sum())} frames are read from {where}"
    return replace(
        profile,
        frames=frames.assign(function=pd.array(functions.tolist(), dtype="str")),
        origin=replace(profile.origin, notes=(*profile.origin.notes, note)),
    )


def _places(files: Iterable[str], repo_root: str, source: _Checkout | _Commit) -> dict[str, str]:
    """The path in the checkout of each file of the dump that is in it."""
    own = [file for file in files if not _LIBRARY.search(file)]
    prefix = repo_root.rstrip("/") + "/" if repo_root else _likeliest_prefix(own, source)
    inside = {file: file.removeprefix(prefix) for file in own if file.startswith(prefix)}
    return {file: path for file, path in inside.items() if source.has(path)}


def _likeliest_prefix(files: Iterable[str], source: _Checkout | _Commit) -> str:
    """What stands before the checkout's paths in most files; the checkout's own folder on a tie."""
    votes: Counter[str] = Counter()
    for file in files:
        parts = file.split("/")
        for cut in range(len(parts)):
            if source.has("/".join(parts[cut:])):
                votes["/".join([*parts[:cut], ""])] += 1
                break
    here = f"{source.root}/"
    return max(votes, key=lambda prefix: (votes[prefix], prefix == here), default=here)


def _names(read: _Read, path: str | None) -> np.ndarray:
    """The function of each line of a source, by line number; of no line where it cannot be read."""
    content = read(path) if path is not None else None
    spans = function_spans(content) if content is not None else None
    if content is None or spans is None:
        return np.empty(0, dtype=object)
    names = np.full(content.count(b"\n") + 2, MODULE_LEVEL, dtype=object)
    for start, end, name in spans:
        names[start : end + 1] = name
    return names


def function_spans(source: bytes) -> list[tuple[int, int, str]] | None:
    """(first line, last line, name) of every ``def`` and ``class``, enclosing ones first.

    None where it is no Python source.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
        found = [
            (node.lineno, node.end_lineno or node.lineno, node.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        ]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return sorted(found, key=lambda span: (span[0], -span[1]))
