"""A scratch directory in which a notebook finds its dumps by the names that may be shared."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from forensics.sidecar import sidecar_path


class Workspace(NamedTuple):
    """Where the kernel runs, and what each dump is called from there."""

    directory: Path
    names: tuple[str, ...]


def workspace(dumps: Sequence[Path], beside: Path, scratch: Path) -> Workspace:
    """Links to the dumps and their side-cars under ``scratch``.

    A dump below the working directory is named relative to ``beside`` (where the notebook will
    lie, if that is below it too), so that the shared notebook runs again in the same checkout; any
    other is called by its file name alone, since its directories are nobody's business.
    """
    here = Path.cwd()
    beside = _absolute(beside)
    root = scratch / "project"
    shared = beside.is_relative_to(here)
    directory = root / beside.relative_to(here) if shared else root
    directory.mkdir(parents=True)
    names: list[str] = []
    for dump in map(_absolute, dumps):
        inside = shared and dump.is_relative_to(here)
        name = os.path.relpath(dump, beside) if inside else dump.name
        while name in names:
            name = os.path.join("again", name)  # noqa: PTH118  ("..", kept as it is)
        names.append(name)
        _link(dump, directory / name)
        if sidecar_path(dump).is_file():
            _link(sidecar_path(dump), sidecar_path(directory / name))
    return Workspace(directory, tuple(names))


def _absolute(path: Path) -> Path:
    """The path from the root with ``..`` worked out, links kept."""
    return Path(os.path.abspath(path))  # noqa: PTH100  (resolve() would follow links)


def _link(target: Path, place: Path) -> None:
    place = _absolute(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)
