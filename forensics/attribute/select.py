"""Which callsites have a cause, an owner, a function, a file: the keys of a what-if."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import Literal

import numpy as np
import pandas as pd

from forensics.attribute.assign import Assignment, assign
from forensics.attribute.places import places
from forensics.attribute.ruleset import Rule
from forensics.attribute.sweep import NONE, innermost
from forensics.causes import CAUSES, PHASES
from forensics.errors import UsageError
from forensics.profile import Profile

Key = Literal["cause", "owner", "function", "file", "module", "phase", "callsite"]
KEYS: tuple[Key, ...] = ("cause", "owner", "function", "file", "module", "phase", "callsite")


def select(
    profile: Profile,
    key: str,
    value: str,
    *,
    assignment: Assignment | None = None,
    rules: Sequence[Rule] | None = None,
    own: Sequence[str] | None = None,
) -> np.ndarray:
    """A bool per callsite: True where it has this cause, owner, function, file, module, phase or id.

    ``cause`` takes in second levels. ``owner``: a function, ``file:line`` or file of the innermost own
    frame. ``function``, ``file`` and ``module`` count anywhere on the path. ``callsite``: an id, with
    everything below it. ``*`` and ``?`` are wildcards; a file also matches by its last parts.
    Raises UsageError on an unknown key, cause, phase or id.
    """
    if key == "callsite":
        return _below(profile, value)
    if key in ("function", "file", "module"):
        return _on_path(profile, key, value, assignment)
    decided = assignment or assign(profile, rules=rules, own=own)
    if key == "cause":
        if value not in CAUSES:
            raise UsageError(f"{value!r} is no cause; known are {', '.join(CAUSES)}")
        return decided.has_cause(value)
    if key == "phase":
        if value not in PHASES:
            raise UsageError(f"{value!r} is no phase; known are {', '.join(PHASES)}")
        return decided.phase == PHASES.index(value)
    if key == "owner":
        return _owned(profile, decided.owner, value)
    raise UsageError(f"{key!r} is nothing to select by; known are {', '.join(KEYS)}")


def _below(profile: Profile, value: str) -> np.ndarray:
    if not value.isdecimal() or int(value) >= len(profile.callsites):
        raise UsageError(f"{value!r} is no callsite; ids are 0 to {len(profile.callsites) - 1}")
    marked = np.zeros(len(profile.callsites), dtype=bool)
    marked[int(value)] = True
    return innermost(profile.callsites, marked) != NONE


def _on_path(profile: Profile, key: str, value: str, assignment: Assignment | None) -> np.ndarray:
    marked = frames_like(profile, key, value, assignment)[profile.callsites["frame_id"].to_numpy()]
    return innermost(profile.callsites, marked) != NONE


def frames_like(profile: Profile, key: str, value: str, assignment: Assignment | None = None) -> np.ndarray:
    """A bool per frame: its function, file or module is this one."""
    frames = profile.frames
    if key == "function":
        return _map(frames["function"].to_numpy(dtype=object), lambda name: is_function(name, value))
    if key == "file":
        return _map(frames["file"].to_numpy(dtype=object), lambda file: is_file(file, value))
    where = assignment.places if assignment else places(profile, repo_root=profile.origin.repo_root)
    return _map(where.module, lambda module: is_module(module, value))


def _owned(profile: Profile, owner: np.ndarray, value: str) -> np.ndarray:
    frames = profile.frames
    names = frames["function"].to_numpy(dtype=object)
    files = frames["file"].to_numpy(dtype=object)
    lines = frames["line"].to_numpy()
    hit = np.array(
        [is_owner(n, f, li, value) for n, f, li in zip(names, files, lines, strict=True)], dtype=bool
    )
    owner_frames = profile.callsites["frame_id"].to_numpy()[owner]
    return (owner != NONE) & hit[owner_frames]


def is_owner(function: str, file: str, line: int, value: str) -> bool:
    """Whether this own frame is what ``value`` names: function, ``file:line``, file, or all of it."""
    name, _, place = value.partition(" ")
    if place:
        return is_owner(function, file, line, place) and is_function(function, name)
    path, _, number = value.rpartition(":")
    if path and number.isdecimal():
        return line == int(number) and is_file(file, path)
    return is_function(function, value) or is_file(file, value)


def is_function(function: str, value: str) -> bool:
    """The whole name, or its last part: ``handle`` is also ``Server.handle`` and ``main.(*S).handle``."""
    return bool(function) and (
        fnmatchcase(function, value) or fnmatchcase(function.rsplit(".", 1)[-1], value)
    )


def is_file(file: str, value: str) -> bool:
    """The whole path, or its last parts: ``app/routes.py`` is also ``/srv/app/routes.py``."""
    path = file.replace("\\", "/")
    return bool(path) and (fnmatchcase(path, value) or fnmatchcase(path, f"*/{value}"))


def is_module(module: str, value: str) -> bool:
    """The module or one below it."""
    return bool(module) and (fnmatchcase(module, value) or fnmatchcase(module, f"{value}.*"))


def _map(values: np.ndarray, test: Callable[[str], bool]) -> np.ndarray:
    """The test asked once per distinct value."""
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    return np.array([test(str(value)) for value in distinct], dtype=bool)[codes]
