"""Snapshots that CPython 3.7 to 3.14 wrote: the figures are those of each version's own tracemalloc."""

from __future__ import annotations

from pathlib import Path

import pytest

from forensics.readers import load

SNAPSHOTS = Path(__file__).parent.parent / "sample_dumps" / "tracemalloc"
#: Printed by sample_dumps/tracemalloc/totals.py under that version: traces, bytes, cut stacks by limit.
TOTALS = {
    "3.7": (1226, 271963, {1: 0, 5: 0, 25: 0}),
    "3.8": (1218, 269483, {1: 0, 5: 0, 25: 0}),
    "3.9": (1225, 269867, {1: 1225, 5: 1016, 25: 9}),
    "3.10": (1225, 269619, {1: 1225, 5: 1016, 25: 9}),
    "3.11": (1155, 249555, {1: 1155, 5: 951, 25: 2}),
    "3.12": (1186, 252251, {1: 1186, 5: 982, 25: 2}),
    "3.13": (1204, 254291, {1: 1204, 5: 1000, 25: 2}),
    "3.14": (1031, 230103, {1: 1031, 5: 1031, 25: 2}),
}
#: Lines of the path to the block of 100,000 bytes in orders.py, outermost first.
DEEPEST = {1: [22], 5: [24] * 4 + [22], 25: [24] * 24 + [22]}


@pytest.mark.parametrize("limit", [1, 5, 25])
@pytest.mark.parametrize("version", TOTALS)
def test_totals_are_those_of_the_version_that_wrote_it(version: str, limit: int) -> None:
    traces, size, cut = TOTALS[version]

    capture = load(SNAPSHOTS / f"{version}-limit{limit}.tracemalloc")

    assert capture.complete
    assert capture.summaries["live"] == (size, traces)
    assert capture.extras["traces"] == traces
    assert capture.extras["traceback_limit"] == limit
    assert capture.extras["cut_traces"] == cut[limit]
    held = capture.profile().allocations.groupby("allocator", observed=True)["bytes"].sum().to_dict()
    assert held == {"domain 0": size - 4096, "domain 7": 4096}


@pytest.mark.parametrize("limit", [1, 5, 25])
@pytest.mark.parametrize("version", TOTALS)
def test_the_deepest_path_has_its_innermost_frames_outermost_first(version: str, limit: int) -> None:
    profile = load(SNAPSHOTS / f"{version}-limit{limit}.tracemalloc").profile()

    (block,) = profile.allocations.query("bytes >= 100_000 and blocks == 2").itertuples()  # and its object
    stack = profile.stack(block.callsite_id)
    assert stack["line"].tolist() == DEEPEST[limit]
    assert set(stack["file"]) == {"/srv/app/orders.py"}
