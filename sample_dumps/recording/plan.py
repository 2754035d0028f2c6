"""What is recorded of an incident: its ``recordings.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

INCIDENTS = Path(__file__).parent.parent / "incidents"


@dataclass(frozen=True, kw_only=True)
class Commit:
    """One commit of the incident's application: the code of a stage."""

    stage: str
    message: str
    date: str


@dataclass(frozen=True, kw_only=True)
class Recording:
    """One run of a stage under ``forensics record``."""

    dump: str
    stage: str
    arguments: tuple[str, ...]
    options: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    #: Distributions that the application imports.
    needs: tuple[str, ...] = ()
    #: "postgresql" where a server of its own is started for the run.
    server: str = ""
    #: Folder in the incident for tracemalloc snapshots of the run, '' for none.
    snapshots: str = ""
    #: False for runs that are too large to be committed: recorded beside, with ``--spare``.
    committed: bool = True


@dataclass(frozen=True, kw_only=True)
class Plan:
    """An incident's history and recordings."""

    name: str
    folder: Path
    commits: tuple[Commit, ...]
    recordings: tuple[Recording, ...]


def plans() -> list[Plan]:
    """The plan of every incident that has one, by name."""
    return [read_plan(path.parent) for path in sorted(INCIDENTS.glob("*/recordings.toml"))]


def read_plan(folder: Path) -> Plan:
    """The plan in ``folder/recordings.toml``; lists in it are kept as tuples."""
    document = tomllib.loads((folder / "recordings.toml").read_text())
    return Plan(
        name=folder.name,
        folder=folder,
        commits=tuple(Commit(**row) for row in document["commit"]),
        recordings=tuple(Recording(**_tuples(row)) for row in document["recording"]),
    )


def _tuples(row: Mapping[str, object]) -> dict[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
