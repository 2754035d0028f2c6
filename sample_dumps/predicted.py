"""What-if peaks against the measured later stage, for every incident: ``python sample_dumps/predicted.py``.

Reads the ``[[what_if]]`` entries of each ``truth.toml`` and writes docs/predicted.md. The prediction comes
from the earlier capture alone; the measured figures from the later one.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

import forensics as hf
from forensics.capture import Capture
from forensics.replay import Hypothesis, Replay, WhatIf
from forensics.text import format_bytes

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "predicted.md"
HEAD = """# Predicted against measured

What `forensics replay` computes from the *earlier* capture alone, against what the *later* stage measured
when it really ran. Nothing is fitted to the later capture. It removes (or scales) events, it does not
re-time the program; where the two differ, the reason is what the later stage does instead. RSS is an
estimate: what rose while the removed callsites grew. `python sample_dumps/predicted.py` makes this page
again; a test keeps it true.

| incident | what if | heap peak | predicted | measured | off by | RSS | predicted (range) | measured |
|---|---|---:|---:|---:|---:|---:|---:|---:|
"""


class Row(NamedTuple):
    """One what-if of one incident and the stage that was measured."""

    incident: str
    what: str
    at: str
    before: Capture
    after: Capture
    answer: WhatIf
    replay: Replay


def rows() -> Iterator[Row]:
    """Every what-if whose two dumps are there."""
    for truth in sorted((ROOT / "sample_dumps" / "incidents").glob("*/truth.toml")):
        for entry in tomllib.loads(truth.read_text()).get("what_if", []):
            before, after = truth.parent / entry["before"], truth.parent / entry["after"]
            if before.exists() and after.exists():
                yield _row(truth.parent.name, entry, hf.load(before), hf.load(after))


def _row(incident: str, entry: dict, before: Capture, after: Capture) -> Row:
    replay = hf.replay(before)
    (answer,) = replay.ask([_hypothesis(replay, entry)])
    what = f"{answer.what}, from `{entry['before']}` to `{entry['after']}`"
    return Row(incident, what, entry["at"], before, after, answer, replay)


def _hypothesis(replay: Replay, entry: dict) -> Hypothesis:
    """``remove`` and ``scale`` name keys of `Replay.mask`; a callsite has to match all of them."""
    keys = dict(entry.get("scale") or entry["remove"])
    factor = keys.pop("factor", 0.0)
    mask = np.logical_and.reduce([replay.mask(key, value) for key, value in keys.items()])
    named = ", ".join(f"{key}={value}" for key, value in keys.items())
    return Hypothesis(
        what=f"{named} x {factor:g}" if factor else f"without {named}", kept=np.where(mask, factor, 1.0)
    )


def line(row: Row) -> str:
    """The row as a line of the table."""
    measured = row.after.summaries["peak"].bytes
    rss, rss_after = row.before.peak_rss_bytes, row.after.peak_rss_bytes
    expected = row.replay.rss_without(row.answer)
    resident = "–"
    if expected is not None:
        low, high = format_bytes(expected.low), format_bytes(expected.high)
        resident = f"{format_bytes(expected.expected)} ({low} to {high})"
    return (
        f"| {row.incident} | {row.what}; {row.at} | {format_bytes(row.replay.peak_bytes)} "
        f"| {format_bytes(row.answer.peak_bytes)} | {format_bytes(measured)} "
        f"| {(row.answer.peak_bytes - measured) / measured:+.0%} | {format_bytes(rss or 0)} "
        f"| {resident} | {format_bytes(rss_after or 0)} |"
    )


def page() -> str:
    """The whole page."""
    notes = ROOT / "docs" / "predicted-notes.md"
    tail = f"\n{notes.read_text()}" if notes.exists() else ""
    return HEAD + "\n".join(line(row) for row in rows()) + "\n" + tail


if __name__ == "__main__":
    PAGE.write_text(page())
    sys.stderr.write(f"{PAGE}\n")
