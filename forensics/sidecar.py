"""The side-car: the JSON that `record` writes beside a dump, ``<dump>.sidecar.json``.

It is as untrusted as the dump. Reading checks types and sizes and ignores what it does not know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from forensics.errors import BadDump, TooLarge
from forensics.samples import unmerged_samples

SCHEMA = "forensics/sidecar/1"
SUFFIX = ".sidecar.json"
LARGEST_SIDECAR = 64 << 20


@dataclass(frozen=True, kw_only=True, eq=False)
class Sidecar:
    """What the recorder saw from outside the process. '' or None is unknown.

    ``samples``: one row about every 100 ms, columns time (datetime64[ns, UTC]) and, where the
    machine gives them, int64 rss_bytes, pss_bytes, anonymous_bytes, file_bytes, virtual_bytes,
    stack_bytes, threads, sockets, open_files, processes, cgroup_bytes (-1 unknown).
    """

    path: str = ""
    commit: str = ""
    dirty: bool | None = None
    repo_root: str = ""
    command: str = ""
    pid: int | None = None
    language: str = ""
    packages: Mapping[str, str] = field(default_factory=dict)
    host: Mapping[str, Any] = field(default_factory=dict)
    limit_bytes: int | None = None
    #: What enforced the limit: "cgroup v2", "cgroup v1", "watchdog", "".
    limit_by: str = ""
    exit_status: int | None = None
    exit_signal: str = ""
    oom_killed: bool | None = None
    samples: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame({"time": pd.to_datetime([], utc=True)})
    )
    #: Native symbols resolved at the end of the run: "module+0xoffset" to (function, file, line).
    symbols: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)
    #: The whole document, for what has no field here.
    document: Mapping[str, Any] = field(default_factory=dict)

    @property
    def peak_rss_bytes(self) -> int | None:
        if "rss_bytes" not in self.samples or not len(self.samples):
            return None
        highest = int(self.samples["rss_bytes"].max())
        return highest if highest > 0 else None


def sidecar_path(dump: str | Path) -> Path:
    """Where the side-car of this dump is looked for."""
    return Path(f"{dump}{SUFFIX}")


def read_sidecar(dump: str | Path) -> Sidecar | None:
    """The side-car beside this dump, None if there is none.

    Samples that no recorder merged (it was killed, or still runs) are taken from its scratch directory.
    Raises BadDump where it is there but is not a side-car, TooLarge over 64 MiB.
    """
    path = sidecar_path(dump)
    if not path.is_file():
        return None
    if path.stat().st_size > LARGEST_SIDECAR:
        raise TooLarge(
            path, f"a side-car of more than {LARGEST_SIDECAR} bytes", "remove it to read the dump alone"
        )
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BadDump(path, "is not a JSON document", "remove it to read the dump alone") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise BadDump(path, f"is not a side-car ({SCHEMA})", "remove it to read the dump alone")
    if not _mapping(document, "samples"):
        document["samples"] = unmerged_samples(dump)
    return sidecar_from(document, path=str(path))


def sidecar_from(document: Mapping[str, Any], *, path: str = "") -> Sidecar:
    """The side-car in a parsed JSON document; a field of the wrong type counts as unknown."""
    git, process = _mapping(document, "git"), _mapping(document, "process")
    limit, end = _mapping(document, "limit"), _mapping(document, "exit")
    return Sidecar(
        path=path,
        commit=_typed(git, "commit", str, ""),
        dirty=_typed(git, "dirty", bool, None),
        repo_root=_typed(git, "root", str, ""),
        command=_typed(process, "command", str, ""),
        pid=_typed(process, "pid", int, None),
        language=_typed(process, "language", str, ""),
        packages=_mapping(document, "packages"),
        host=_mapping(document, "host"),
        limit_bytes=_typed(limit, "bytes", int, None),
        limit_by=_typed(limit, "enforced_by", str, ""),
        exit_status=_typed(end, "status", int, None),
        exit_signal=_typed(end, "signal", str, ""),
        oom_killed=_typed(end, "oom_killed", bool, None),
        samples=_samples(_mapping(document, "samples")),
        symbols=_symbols(_mapping(document, "symbols")),
        document=document,
    )


def _mapping(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = document.get(key)
    return value if isinstance(value, dict) else {}


def _typed(document: Mapping[str, Any], key: str, kind: type, otherwise: Any) -> Any:
    value = document.get(key)
    return value if isinstance(value, kind) and not (kind is int and isinstance(value, bool)) else otherwise


def _samples(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Samples are stored by column: {"time_ns": […], "rss_bytes": […], …}, all of one length."""
    times = columns.get("time_ns")
    if not isinstance(times, list) or not _integers(times):
        return Sidecar().samples
    table = pd.DataFrame({"time": pd.to_datetime(times, unit="ns", utc=True)})
    for name, values in columns.items():
        if name != "time_ns" and _integers(values) and len(values) == len(times):
            table[name] = pd.Series(values, dtype="int64")
    return table


def _integers(values: object) -> bool:
    return isinstance(values, list) and all(type(v) is int and -(2**63) <= v < 2**63 for v in values)


def _symbols(rows: Mapping[str, Any]) -> dict[str, tuple[str, str, int]]:
    return {
        place: (row[0], row[1], row[2])
        for place, row in rows.items()
        if isinstance(row, list) and len(row) == 3 and [type(part) for part in row] == [str, str, int]
    }
