"""Whose pages are resident, on programs where it is known."""

from __future__ import annotations

import numpy as np
import pytest

from forensics.capture import Capture
from forensics.replay import replay
from tests.event_captures import capture


def groups(of: Capture, *names: str) -> dict[str, np.ndarray]:
    replayed = replay(of)
    return {name: replayed.mask("function", name) for name in names}


#: Weights: 900 bytes asked for, 10 became resident. The import: 50 and 200 with its libraries.
STARTUP = """
|100 +main>weights:450 |105 +main>weights:450 |110
+main>imports:30 |200 +main>imports:20 |310 |310
"""


@pytest.mark.parametrize(("name", "bytes_resident"), [("weights", 10), ("imports", 200)])
def test_each_rise_goes_to_who_grew_meanwhile(name: str, bytes_resident: int) -> None:
    opened = capture(STARTUP)
    assert replay(opened).resident(groups(opened, "weights", "imports"))[name].expected == bytes_resident


def test_with_the_rest_and_the_start_it_adds_up_to_the_highest_rss() -> None:
    opened = capture(STARTUP)
    parts = replay(opened).resident(groups(opened, "weights", "imports"))
    assert 100 + sum(part.expected for part in parts.values()) == 310


def test_churn_beside_a_growing_cache_gets_none_of_its_pages() -> None:
    turns = " ".join(f"+main>churn:500 +main>cache:10 -main>churn:500 |{1000 + 10 * i}" for i in range(1, 40))
    opened = capture(f"+main>churn:500 -main>churn:500 {'|1000 ' * 20} {turns}")
    came = replay(opened).resident(groups(opened, "churn", "cache"))
    assert came["churn"].high == 0
    assert came["cache"].low >= 370


def test_pages_touched_later_go_to_who_was_active_last() -> None:
    opened = capture("|100 +main>load:500 |100 |300 |600 +main>other:1 |600")
    assert replay(opened).resident(groups(opened, "load", "other"))["load"].expected == 500


def test_rss_without_takes_off_what_came_with_it() -> None:
    replayed = replay(capture(STARTUP))
    assert replayed.rss_without(replayed.without(function="weights")).expected == 300
    assert replayed.rss_without(replayed.without(function="imports")).expected == 110


def test_a_capture_without_rss_says_nothing_of_it() -> None:
    replayed = replay(capture("+main>load:5 +main>other:3"))
    assert replayed.rss_without(replayed.without(function="load")) is None


def test_the_smallest_fix_is_what_is_resident_not_what_was_asked_for() -> None:
    from forensics.replay.fix import Resident, Search

    opened = capture(STARTUP)
    replayed = replay(opened)
    parts = groups(opened, "weights", "imports")
    came = replayed.resident(parts)
    held = opened.profile("peak").own()
    fix = Search(
        capture=opened,
        groups=parts,
        limit_bytes=200,
        peak_bytes=replayed.peak_bytes,
        at_peak=held,
        resident=Resident(rss_bytes=310, shares={n: came[n].expected / held[parts[n]].sum() for n in parts}),
    ).smallest()
    assert (fix.removed, fix.rss_bytes, fix.method) == (("imports",), 110, "exact")
    assert fix.factor == pytest.approx(0.44)
