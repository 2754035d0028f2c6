"""What the recordings measured, written below the line in an incident's ``truth.toml``."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
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


def measure_answers(folder: Path) -> list[dict[str, object]]:
    """One ``[[answers]]`` a round of what a debug endpoint answered: totals of the dumps that were kept."""
    rows = []
    for memory in sorted(folder.glob("*.memory.json.zst")):
        number = memory.name.partition(".")[0]
        told = hf.load(memory)
        traced = told.extras["tracemalloc"]["current_bytes"]
        row: dict[str, object] = {
            "round": int(number),
            "rss_bytes": int(told.peak_rss_bytes or 0),
            "traced_bytes": int(traced),
        }
        for key, name in (("heap_bytes", "heap.pb.gz"), ("snapshot_bytes", "tracemalloc.zst")):
            if (folder / f"{number}.{name}").exists():
                row[key] = int(hf.load(folder / f"{number}.{name}").summaries["live"].bytes)
        rows.append(row)
    return rows


def read_runs(truth: Path) -> dict[str, dict[str, object]]:
    """The measured runs of a truth file, by their dump."""
    return {row["dump"]: row for row in tomllib.loads(truth.read_text()).get("run", [])}


def write_runs(truth: Path, runs: Mapping[str, Mapping[str, object]]) -> None:
    """Replace what stands below the line; what a person wrote above it stays.

    Answers of an endpoint are measured anew where the incident has any.
    """
    above = truth.read_text().split(LINE)[0].rstrip("\n") + "\n\n" if truth.exists() else ""
    rounds = [row for folder in sorted(truth.parent.glob("*/answers")) for row in measure_answers(folder)]
    tables = [_table("answers", row) for row in rounds] + [_table("run", runs[dump]) for dump in sorted(runs)]
    truth.write_text(above + LINE + "\n" + "\n".join(tables))


def _table(name: str, row: Mapping[str, object]) -> str:
    return f"[[{name}]]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in row.items())


def _value(value: object) -> str:
    return f"{value:_}" if isinstance(value, int) else json.dumps(value)
