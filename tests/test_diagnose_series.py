"""Snapshots of one run: growth is told by several, and only where they are of one run.

The cause rests on a weak rule here (a dict of a module), which costs a tenth of the confidence.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import forensics as hf
from forensics.capture import Capture, Health, Summary
from forensics.diagnose import Diagnosis, diagnose
from tests.text_profiles import profile

STORE = "<module> (/app/main.py:9) > serve (/app/main.py:5) > remember (/app/store.py:{line})"
LOADED = "<module> (/app/main.py:3) > load_words (/app/words.py:7)"


def snapshot(number: int, text: str, **origin: object) -> Capture:
    held = profile(text, path=f"{number}.snap", format="tracemalloc", **origin)
    return Capture(
        origin=held.origin,
        health=Health(),
        summaries={"live": Summary(held.total_bytes, held.total_blocks)},
        profiles={"live": lambda: held},
        no_events_because="a snapshot holds what was alive at one moment",
    )


def run(*mebibytes: int, line: int = 4, **origin: object) -> list[Capture]:
    """Snapshots in which ``remember`` holds so much, beside 20 MiB that are loaded once."""
    stack = STORE.format(line=line)
    return [
        snapshot(number, f"{stack}  {size} MiB {size * 100} blocks\n{LOADED}  20 MiB 900 blocks", **origin)
        for number, size in enumerate(mebibytes)
    ]


def said(found: Diagnosis) -> dict[str, tuple[str, float, str]]:
    return {
        finding.owner.function: (finding.kind, finding.confidence, finding.figures["behaviour"])
        for finding in found.findings
        if finding.owner
    }


def test_one_snapshot_leaves_growth_open():
    assert said(diagnose(run(24)))["remember"][2] == "unknown"


@pytest.mark.parametrize(("sizes", "sure"), [((8, 16), 0.59), ((8, 16, 24), 0.68), ((4, 8, 16, 24), 0.77)])
def test_what_grows_in_each_snapshot_is_surer_with_more_of_them(sizes, sure):
    found = diagnose(run(*sizes))
    assert said(found)["remember"] == ("unbounded-cache", sure, "grows")
    assert said(found)["load_words"][2] == "stays"
    grown = next(finding for finding in found.findings if finding.figures["behaviour"] == "grows")
    assert grown.figures["levels"] == [size << 20 for size in sizes]
    assert not any("No growth" in note for note in found.notes)


def test_what_filled_up_and_stays_is_no_leak():
    assert said(diagnose(run(2, 16, 24, 24, 24, 24)))["remember"] == ("cache-filling", 0.63, "fills")


def test_what_goes_up_and_down_is_not_said_to_grow():
    assert said(diagnose(run(8, 24, 9, 24)))["remember"][2] == "unknown"


def test_snapshots_of_two_processes_are_no_series():
    first, last = run(8, pid=1)[0], run(24, pid=2)[0]
    assert said(diagnose([first, last]))["remember"][2] == "unknown"


def test_snapshots_of_two_programs_are_no_series():
    other = snapshot(0, "<module> (/srv/other.py:1) > fetch (/srv/other.py:8)  9 MiB 90 blocks")
    assert said(diagnose([other, *run(24)]))["remember"][2] == "unknown"


def test_functions_are_matched_by_name_where_their_lines_moved():
    grown = diagnose([*run(8), *run(24, line=5)])
    assert said(grown)["remember"] == ("unbounded-cache", 0.59, "grows")


PROGRAM = """
import tracemalloc
tracemalloc.start(10)
kept = {}
constant = [bytes(1000) for _ in range(4000)]
def remember(i):
    kept[i] = bytes(2000)
for step in range(3):
    for i in range(2000):
        remember(step * 2000 + i)
    tracemalloc.take_snapshot().dump(f"{step}.tracemalloc")
"""


def test_three_snapshots_of_a_real_program_accuse_what_it_keeps_and_acquit_what_it_loaded(tmp_path: Path):
    (tmp_path / "main.py").write_text(PROGRAM)
    subprocess.run([sys.executable, "main.py"], cwd=tmp_path, check=True)
    series = hf.load_series([tmp_path / f"{step}.tracemalloc" for step in range(3)])
    found = hf.diagnose(series, repo=tmp_path)
    assert said(found)["remember"] == ("unbounded-cache", 0.68, "grows")
    assert said(found)["<module>"][2] == "stays"
