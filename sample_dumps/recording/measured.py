"""What the recordings measured, written below the line in an incident's ``truth.toml``."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import forensics as hf

LINE = "# ---- Below this line: measured, written by sample_dumps/record_all.py ----\n"


def measure(dump: str, folder: Path, plain: Mapping[str, object]) -> dict[str, object]:
    """One ``[[run]]``: the totals of a committed dump, and what the same run took with no recorder."""
    capture = hf.load(folder / dump)
    row: dict[str, object] = {"dump": dump, "commit": capture.origin.commit}
    for moment in ("peak", "end"):
        if moment in capture.summaries:
            row[f"{moment}_heap_bytes"] = int(capture.summaries[moment].bytes)
    row["rss_peak_bytes"] = int(capture.peak_rss_bytes or 0)
    if capture.sidecar is not None and capture.sidecar.exit_signal:
        row["ended_by"] = capture.sidecar.exit_signal
    return row | dict(plain)


def read_runs(truth: Path) -> dict[str, dict[str, object]]:
    """The measured runs of a truth file, by their dump."""
    return {row["dump"]: row for row in tomllib.loads(truth.read_text()).get("run", [])}


def write_runs(truth: Path, runs: Mapping[str, Mapping[str, object]]) -> None:
    """Replace what stands below the line; what a person wrote above it stays."""
    above = truth.read_text().split(LINE)[0].rstrip("\n") + "\n\n" if truth.exists() else ""
    tables = ["[[run]]\n" + "".join(f"{k} = {_value(v)}\n" for k, v in row.items()) for row in _ordered(runs)]
    truth.write_text(above + LINE + "\n" + "\n".join(tables))


def _ordered(runs: Mapping[str, Mapping[str, object]]) -> Sequence[Mapping[str, object]]:
    return [runs[dump] for dump in sorted(runs)]


def _value(value: object) -> str:
    return f"{value:_}" if isinstance(value, int) else json.dumps(value)
