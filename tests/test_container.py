"""The RSS model and the container verdict on captures whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forensics.capture import Capture, Health, timeline_table
from forensics.replay.container import judge, rss_gap
from forensics.sidecar import Sidecar
from tests.event_captures import capture

MIB = 1 << 20
EMPTY = capture("+main:1")


def recorded(heap_mib: list[float], rss_mib: list[float], **changes: object) -> Capture:
    """A capture with this timeline, a record each 100 ms."""
    times = 1_700_000_000_000_000_000 + 100_000_000 * np.arange(len(heap_mib))
    line = timeline_table(times, np.array(rss_mib) * MIB, np.array(heap_mib) * MIB)
    return replace(EMPTY, timeline=line, **changes)


def ramp(slope: float, baseline: float, steps: int = 50) -> Capture:
    heap = np.linspace(1, 400, steps)
    return recorded(heap.tolist(), (baseline + slope * heap).tolist())


@pytest.mark.parametrize(
    ("limit_mib", "word", "margin_mib"), [(400, "exceeds", -40), (460, "tight", 20), (512, "fits", 72)]
)
def test_the_word_follows_from_rss_and_limit(limit_mib: int, word: str, margin_mib: int) -> None:
    judged = judge(ramp(1.0, 40), limit_mib * MIB)
    assert (judged.verdict, judged.margin_bytes) == (word, margin_mib * MIB)


def test_without_a_limit_the_word_is_unknown() -> None:
    assert judge(ramp(1.0, 40)).verdict == "unknown"


def test_a_heap_without_rss_below_the_limit_proves_nothing() -> None:
    judged = judge(replace(EMPTY, timeline=recorded([], []).timeline), 512 * MIB)
    assert (judged.verdict, judged.peak_rss_bytes) == ("unknown", None)
    assert "no RSS" in judged.why


def test_an_oom_kill_at_the_limit_exceeds_it_whatever_was_sampled() -> None:
    killed = recorded([10.0] * 9, [500.0] * 9, sidecar=Sidecar(limit_bytes=512 * MIB, oom_killed=True))
    assert judge(killed).verdict == "exceeds"


def test_a_cut_record_cannot_say_that_it_fits() -> None:
    cut = replace(ramp(1.0, 40), health=Health(state="cut", detail="ends early"))
    assert judge(cut, 512 * MIB).verdict == "unknown"
    assert judge(cut, 400 * MIB).verdict == "exceeds"


def test_workers_share_file_backed_pages_once() -> None:
    samples = pd.DataFrame({"time": pd.to_datetime([0], utc=True), "file_bytes": [140 * MIB]})
    judged = judge(replace(ramp(1.0, 40), sidecar=Sidecar(samples=samples)), 1024 * MIB, workers=3)
    assert judged.workers_rss_bytes == (3 * 300 + 140) * MIB
    assert judged.verdict == "exceeds"


def test_steady_growth_has_a_time_to_the_limit() -> None:
    judged = judge(ramp(1.0, 40), 512 * MIB)
    assert judged.growth_bytes_per_second == pytest.approx(399 / 4.9 * MIB, rel=0.01)
    assert judged.seconds_to_limit == pytest.approx(72 / (399 / 4.9), rel=0.01)


def test_the_right_limit_leaves_a_quarter_and_is_round() -> None:
    assert judge(ramp(1.0, 40), 512 * MIB).right_limit_bytes == 576 * MIB


@pytest.mark.parametrize("model", [ramp(1.3, 40), ramp(0.3, 25)], ids=["more than heap", "less than heap"])
def test_what_rss_is_made_of_adds_up(model: Capture) -> None:
    gap = rss_gap(model)
    assert gap["bytes"].sum() == judge(model).peak_rss_bytes
    assert gap["known"].iloc[-1] == "unexplained"
