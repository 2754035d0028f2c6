"""Samples of a process over time: lines that a sampler appends, columns that a side-car stores.

While a recording runs its scratch directory ``<dump>.recording`` lies beside the dump; the sampler
appends one JSON array a line to ``samples.ndjson`` in it, the first line being the column names.
A kill at any moment loses at most the line that was being written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

SCRATCH_SUFFIX = ".recording"
SAMPLES_FILE = "samples.ndjson"
#: Columns of a sample in the order of its line; int64, -1 unknown, bytes unless the name says otherwise.
COLUMNS = (
    "time_ns",
    "rss_bytes",
    "pss_bytes",
    "anonymous_bytes",
    "file_bytes",
    "swap_bytes",
    "virtual_bytes",
    "stack_bytes",
    "threads",
    "sockets",
    "open_files",
    "processes",
    "tree_rss_bytes",
    "cgroup_bytes",
)
#: Ten samples a second for a week.
MOST_SAMPLES = 6_048_000


def scratch_path(dump: str | Path) -> Path:
    """The directory in which a recording of this dump keeps what it has not merged yet."""
    return Path(f"{dump}{SCRATCH_SUFFIX}")


def columns_of(lines: Iterable[str]) -> dict[str, list[int]]:
    """Samples by column, in the order written; lines that are cut or no sample are left out."""
    columns: dict[str, list[int]] = {name: [] for name in COLUMNS}
    taken = 0
    for line in lines:
        row = _row(line)
        if row is None or taken >= MOST_SAMPLES:
            continue
        taken += 1
        for name, value in zip(COLUMNS, row, strict=True):
            columns[name].append(value)
    return columns


def _row(line: str) -> list[int] | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, list) or len(row) != len(COLUMNS):
        return None
    return row if all(type(value) is int and -1 <= value < 2**63 for value in row) else None


def child_samples_file(pid: int) -> str:
    """Name of the file in the scratch directory for the samples of a child process."""
    return f"samples.{pid}.ndjson"


def unmerged_samples(dump: str | Path, *, of_child: int | None = None) -> dict[str, list[int]]:
    """Columns of the samples that no recorder merged into the side-car; empty columns if there are none."""
    path = scratch_path(dump) / (SAMPLES_FILE if of_child is None else child_samples_file(of_child))
    if not path.is_file():
        return columns_of(())
    with path.open(encoding="utf-8", errors="replace") as lines:
        return columns_of(lines)
