"""Replay and what-if against a brute-force reference, and the words they are told in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forensics.errors import BadDump, CannotReplay, UsageError
from forensics.replay import Hypothesis, replay, savings
from tests.event_captures import capture

#: A plateau: without `cache` the load at the start is the peak, so less is saved than cache holds.
PLATEAU = """
|100 +main>load:900 |1000 -main>load:900
|200 +main>cache:600 +main>serve:400 |1100 -main>serve:400 |700
"""


def test_the_peak_is_exact_and_has_a_time() -> None:
    replayed = replay(capture(PLATEAU))
    assert replayed.peak_bytes == 1000
    assert replayed.peak_sequence == 3
    assert replayed.peak_at.isoformat() == "2023-11-14T22:13:20.020000+00:00"


def test_bytes_at_peak_are_not_bytes_saved() -> None:
    without = replay(capture(PLATEAU)).without(function="cache")
    assert (without.bytes_at_peak, without.peak_bytes, without.saves_bytes) == (600, 900, 100)
    assert without.peak_sequence == 0


def test_the_new_peak_is_held_by_what_is_left() -> None:
    profile = replay(capture(PLATEAU)).without(function="cache").profile()
    assert profile.total_bytes == 900
    assert profile.frames["function"].iloc[
        profile.callsites["frame_id"].iloc[profile.allocations["callsite_id"]]
    ].tolist() == ["load"]


def test_a_function_means_anywhere_on_the_stack() -> None:
    assert replay(capture(PLATEAU)).without(function="main").peak_bytes == 0


def test_several_removed_are_removed_together() -> None:
    assert replay(capture(PLATEAU)).without(function=["cache", "load"]).peak_bytes == 400


def test_scaling_keeps_a_share_of_each_block() -> None:
    replayed = replay(capture(PLATEAU))
    half = np.where(replayed.mask("function", "cache"), 0.5, 1.0)
    (found,) = replayed.ask([Hypothesis(what="half the cache", kept=half)])
    assert (found.peak_bytes, found.saves_bytes) == (900, 100)


def test_two_that_overlap_save_less_together_than_the_sum() -> None:
    replayed = replay(capture("+main>a:5 +main>b:5 -main>a:5 -main>b:5 +main>c:8"))
    a, b = (Hypothesis(what=name, kept=1.0 - replayed.mask("function", name)) for name in "ab")
    assert replayed.interaction(a, b) == 2 - 2 - 2


def test_a_selection_that_matches_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="no callsite has function=nowhere"):
        replay(capture(PLATEAU)).without(function="nowhere")


def test_a_peak_that_its_recorder_contradicts_is_an_error() -> None:
    from dataclasses import replace

    from forensics.capture import Summary

    wrong = replace(capture(PLATEAU), summaries={"peak": Summary(999, 0), "allocated": Summary(0, 0)})
    with pytest.raises(BadDump, match="replays to a peak of 1000 bytes where 999 were recorded"):
        replay(wrong)


def test_a_snapshot_cannot_be_replayed_and_says_why() -> None:
    from dataclasses import replace

    with pytest.raises(CannotReplay, match="cannot be replayed: it is a snapshot"):
        replay(replace(capture(PLATEAU), event_stream=None))


def test_the_curve_keeps_every_maximum_when_thinned() -> None:
    many = " ".join(f"|0 +main>work:{i % 7 * 100 + 1} -main>work:{i % 7 * 100 + 1}" for i in range(900))
    replayed = replay(capture(many))
    curve = replayed.by({}, points=10)
    assert (len(curve), curve["heap_bytes"].max()) == (10, 601)


def test_the_curve_splits_by_group_at_the_highest_moment_of_each_bin() -> None:
    replayed = replay(capture(PLATEAU))
    curve = replayed.by(
        {"cache": replayed.mask("function", "cache"), "load": replayed.mask("function", "load")}
    )
    assert curve["heap_bytes"].tolist() == [900, 900, 1000, 1000, 600]
    assert curve["cache"].tolist() == [0, 0, 600, 600, 600]
    assert curve["load"].tolist() == [900, 900, 0, 0, 0]
    assert curve["(rest)"].tolist() == [0, 0, 400, 400, 0]


def test_the_profile_of_a_window_is_its_highest_moment() -> None:
    replayed = replay(capture(PLATEAU))
    times = replayed.capture.timeline["time"]
    found = replayed.profile(window=(times.iloc[0], times.iloc[1]))
    assert found.total_bytes == 900


def test_what_is_freed_right_after_the_peak_is_named() -> None:
    replayed = replay(capture(PLATEAU))
    released = replayed.released_after_peak(milliseconds=100)
    functions = replayed.base.frames["function"].iloc[replayed.base.callsites["frame_id"]].tolist()
    assert {f: int(b) for f, b in zip(functions, released, strict=True) if b} == {"serve": 400}


SITES = ["main>a", "main>a>b", "main>c", "d", ""]


@st.composite
def streams(draw: st.DrawFn) -> str:
    """Random programs: blocks are allocated, freed whole or in parts, in any order."""
    live: list[list] = []
    words: list[str] = []
    for _ in range(draw(st.integers(1, 60))):
        choice = draw(st.integers(0, 9))
        if choice < 5 or not live:
            block = [draw(st.sampled_from(SITES)), draw(st.integers(0, 1000))]
            live.append(block)
            words.append(f"+{block[0]}:{block[1]}")
        elif choice < 8:
            block = live.pop(draw(st.integers(0, len(live) - 1)))
            words.append(f"-{block[0]}:{block[1]}")
        elif choice == 8:
            block = live[draw(st.integers(0, len(live) - 1))]
            part = draw(st.integers(0, block[1]))
            block[1] -= part
            words.append(f"-{block[0]}:{part}")
        else:
            words.append("|0")
    return " ".join(words)


def brute_force(text: str, removed: set[str]) -> int:
    heap = peak = 0
    for word in text.split():
        if word[0] == "|":
            continue
        path, size = word[1:].rsplit(":", 1)
        if path not in removed:
            heap += int(size) if word[0] == "+" else -int(size)
            peak = max(peak, heap)
    return peak


@given(streams(), st.lists(st.sets(st.sampled_from(SITES)), min_size=1, max_size=5), st.integers(1, 7))
def test_a_what_if_equals_brute_force(text: str, removals: list[set[str]], chunk: int) -> None:
    opened = capture(text, chunk=chunk)
    base = opened.profile("allocated")
    paths = [
        ">".join(f for f in base.stack(i)["function"] if f != "(no stack)")
        for i in range(len(base.callsites))
    ]
    masks = [np.array([path in removed for path in paths]) for removed in removals]
    whole = brute_force(text, set())
    assert savings(opened, masks) == [whole - brute_force(text, removed) for removed in removals]
    assert replay(opened).peak_bytes == whole


@given(streams())
def test_the_profile_at_the_peak_adds_up_to_the_peak(text: str) -> None:
    replayed = replay(capture(text))
    assert replayed.profile().total_bytes == replayed.peak_bytes
    assert replayed.by({})["heap_bytes"].max() == replayed.peak_bytes


@given(streams(), st.floats(0.1, 1.0))
def test_the_smallest_fix_fits_and_nothing_smaller_does(text: str, share: float) -> None:
    from forensics.replay.fix import Search

    opened = capture(text)
    base = opened.profile("allocated")
    paths = [
        ">".join(f for f in base.stack(i)["function"] if f != "(no stack)")
        for i in range(len(base.callsites))
    ]
    groups = {path or "none": np.array([p == path for p in paths]) for path in set(paths)}
    peak = brute_force(text, set())
    target = int(share * peak)
    fix = Search(
        capture=opened,
        groups=groups,
        limit_bytes=target,
        at_peak=opened.profile("peak").own(),
        peak_bytes=peak,
    ).smallest()
    removed = {"" if name == "none" else name for name in fix.removed}
    assert fix.peak_bytes == brute_force(text, removed)
    assert fix.fits or fix.method == "none found"
    if len(removed) == 1:
        (only,) = removed
        heap = kept = 0.0
        for word in text.split():
            if word[0] != "|":
                path, size = word[1:].rsplit(":", 1)
                heap += (fix.factor if path == only else 1.0) * int(size) * (1 if word[0] == "+" else -1)
                kept = max(kept, heap)
        assert kept <= target + 1e-6 * max(1, peak)
    if len(removed) == 2:
        assert all(brute_force(text, {path}) > target for path in set(paths))
