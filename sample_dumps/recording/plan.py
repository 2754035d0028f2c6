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
    #: The stage that it follows, on a branch named after its own stage; '' is the one before it, on main.
    follows: str = ""


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
    #: Folder in the incident for what the application's debug endpoint answers during the run, '' for none.
    answers: str = ""
    #: For a service of several processes: asked until all have loaded, then ended with SIGTERM.
    url: str = ""
    #: False for runs of which no capture is committed: what they leave stays in the scratch folder.
    committed: bool = True

    @property
    def is_reduced(self) -> bool:
        """Whether the capture is committed as Parquet, without its events."""
        return self.dump.endswith(".parquet")


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
