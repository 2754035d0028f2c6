"""speedscope files: sampled and evented, units, several profiles, hostile JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import forensics as hf
from tests.written import load_text, stacks

SCHEMA = "https://www.speedscope.app/file-format-schema.json"
FRAMES = [{"name": "main", "file": "app.py", "line": 3}, {"name": "load"}, {"name": "read", "line": -1}]


def sampled(unit: str, *rows: tuple[list[int], float], name: str = "p") -> dict[str, Any]:
    return {
        "type": "sampled",
        "name": name,
        "unit": unit,
        "startValue": 0,
        "endValue": 0,
        "samples": [stack for stack, _ in rows],
        "weights": [weight for _, weight in rows],
    }


def evented(unit: str, events: str, end: float = 100) -> dict[str, Any]:
    """Events as text: ``O0@1`` opens frame 0 at 1, ``C0@9`` closes it."""
    parsed = [{"type": event[0], "frame": int(event[1]), "at": float(event[3:])} for event in events.split()]
    return {"type": "evented", "name": "p", "unit": unit, "startValue": 0, "endValue": end, "events": parsed}


def document(*profiles: object) -> str:
    return json.dumps(
        {"$schema": SCHEMA, "exporter": "test@1", "shared": {"frames": FRAMES}, "profiles": profiles}
    )


def test_sampled_bytes_are_bytes_by_path(tmp_path: Path) -> None:
    capture = load_text(tmp_path, document(sampled("bytes", ([0, 1, 2], 300), ([0, 1, 2], 5), ([0], 9))))
    assert stacks(capture.profile("live")) == {"main > load > read": 305, "main": 9}
    assert capture.profile().frames[["file", "line"]].values.tolist() == [["app.py", 3], ["", 0], ["", 0]]
    assert capture.origin.producer == "test@1"


def test_memrays_two_profiles_are_bytes_and_blocks(tmp_path: Path) -> None:
    memory = sampled("bytes", ([0, 1], 300), name="Memory")
    allocations = sampled("none", ([0, 1], 4), name="Allocations")
    profile = load_text(tmp_path, document(memory, allocations)).profile()
    assert (stacks(profile), stacks(profile, "blocks")) == ({"main > load": 300}, {"main > load": 4})


def test_profiles_of_one_measure_are_told_apart_as_threads(tmp_path: Path) -> None:
    both = (sampled("bytes", ([0], 1), name="one"), sampled("bytes", ([0], 2), name="two"))
    allocations = load_text(tmp_path, document(*both)).profile().allocations
    assert allocations[["thread", "bytes"]].values.tolist() == [["one", 1], ["two", 2]]


@pytest.mark.parametrize(
    ("unit", "factor"), [("seconds", 10**9), ("milliseconds", 10**6), ("nanoseconds", 1)]
)
def test_times_are_nanoseconds_of_a_measure_of_their_own(tmp_path: Path, unit: str, factor: int) -> None:
    capture = load_text(tmp_path, document(sampled(unit, ([0], 2))))
    profile = capture.profile()
    assert profile.primary_measure == "time"
    assert stacks(profile, "time") == {"main": 2 * factor}
    assert profile.total_bytes == 0
    assert capture.profile().allocations["time"].sum() == 2 * factor


def test_what_has_no_unit_is_samples(tmp_path: Path) -> None:
    assert load_text(tmp_path, document(sampled("none", ([0], 2)))).profile().primary_measure == "samples"


def test_between_two_events_the_open_stack_spends(tmp_path: Path) -> None:
    text = document(evented("bytes", "O0@10 O1@15 C1@40 O2@40 C2@45 C0@50"))
    assert stacks(load_text(tmp_path, text).profile()) == {"main": 10, "main > load": 25, "main > read": 5}


def test_what_is_open_at_the_end_ends_with_the_profile(tmp_path: Path) -> None:
    assert stacks(load_text(tmp_path, document(evented("bytes", "O0@10", end=60))).profile()) == {"main": 50}


@pytest.mark.parametrize(
    ("profile", "fault"),
    [
        (sampled("bytes", ([3], 1)), "names a frame which is not there"),
        (sampled("bytes", ([-1], 1)), "names a frame which is not there"),
        (sampled("bytes", ([0], -1)), "a weight that is no number from 0 to 2**63"),
        (sampled("bytes", ([0], float("nan"))), "a weight that is no number"),
        (sampled("bytes", ([0], 2**63)), "a weight that is no number"),
        (sampled("bytes", ([0], 2**62), ([1], 2**62)), "add up to more than 2**63"),
        ({**sampled("bytes", ([0], 1)), "weights": []}, "not as many weights as samples"),
        (evented("bytes", "O0@10 C1@20"), "not the innermost"),
        (evented("bytes", "C0@10"), "not the innermost"),
        (evented("bytes", "O0@10 C0@5"), "go back in time"),
        (evented("bytes", "O9@10"), "names a frame which is not there"),
        ({"type": "other"}, "neither sampled nor evented"),
        (7, "a profile that is no object"),
    ],
)
def test_a_broken_profile_is_refused(tmp_path: Path, profile: object, fault: str) -> None:
    with pytest.raises(hf.BadDump) as error:
        load_text(tmp_path, document(profile)).profile()
    assert fault in str(error.value)


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(hf.BadDump, match="is broken JSON"):
        load_text(tmp_path, document(sampled("bytes", ([0], 1)))[:-3])


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(hf.BadDump, match="nested too deeply"):
        load_text(tmp_path, '{"$schema": "speedscope", "profiles": ' + "[" * 200_000)
