"""Two axes of one curve: the work that was done and the clock; and entries apart from their table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from forensics.lifetimes import STEPS, Lifetimes

KIB = 1 << 10
#: Seconds at which the steps end: evenly, nearly all at once and then slowly, or the other way round.
EVEN = np.arange(STEPS)
QUICK_START = np.r_[np.linspace(0, 5, STEPS - 6), np.linspace(20, 100, 6)]
SLOW_END = np.r_[np.linspace(0, 10, STEPS - 14), np.linspace(15, 100, 14)]


def lifetimes(
    live: np.ndarray, blocks: np.ndarray, added: np.ndarray | int, seconds: np.ndarray = EVEN
) -> Lifetimes:
    """The lifetimes of one group with these curves."""
    column = np.asarray(live, np.int64).reshape(-1, 1)
    times = (np.asarray(seconds) * 1e9).astype(np.int64)
    came = np.full(len(column), added) if isinstance(added, int) else added
    return Lifetimes(
        live_bytes=column,
        live_blocks=np.asarray(blocks, np.int64).reshape(-1, 1),
        added_blocks=np.asarray(came, np.int64).reshape(-1, 1),
        entered_blocks=np.asarray(came, np.int64).reshape(-1, 1),
        interval=np.arange(len(times)),
        freed_blocks=np.zeros(1, np.int64),
        last_bytes=column[-1],
        times=times,
    )


def until(step: int) -> np.ndarray:
    """Entries that come evenly until this step, and are as many from then on."""
    return np.minimum(np.arange(1, STEPS + 1), step) * 400


#: Nearly all of it comes in the first part of the work, and a little more after that.
BUILT = np.cumsum(np.r_[np.full(STEPS - 7, 400), np.full(7, 140)])


def test_entries_that_are_as_many_as_before_do_not_grow_with_their_table() -> None:
    entries = until(40)
    table = np.where(np.arange(STEPS) < 56, 800 * KIB, 3200 * KIB)
    found = lifetimes(entries * 48 + table, entries, added=500)
    assert found.behaviour(0) == "fills"


def test_entries_that_still_come_grow_whatever_their_table_does() -> None:
    entries = until(STEPS)
    table = np.where(np.arange(STEPS) < 56, 800 * KIB, 3200 * KIB)
    assert lifetimes(entries * 48 + table, entries, added=500).behaviour(0) == "grows"


def test_what_had_all_come_in_the_first_of_the_time_does_not_grow() -> None:
    assert lifetimes(BUILT * KIB, BUILT, added=400).behaviour(0) == "grows"
    assert lifetimes(BUILT * KIB, BUILT, added=400, seconds=QUICK_START).behaviour(0) == "stays"


def test_what_grows_to_the_last_step_grows_by_any_clock() -> None:
    entries = until(STEPS)
    assert lifetimes(entries * KIB, entries, added=400, seconds=QUICK_START).behaviour(0) == "grows"


@pytest.mark.parametrize(("seconds", "climbs"), [(SLOW_END, True), (EVEN, False)])
def test_what_comes_in_the_last_steps_climbs_where_they_took_most_of_the_time(
    seconds: np.ndarray, climbs: bool
) -> None:
    late = np.maximum(np.arange(STEPS) - 49, 0) * 400
    assert lifetimes(late * KIB, late, added=400, seconds=seconds).climbs_by_clock(0) == climbs


def test_one_load_in_the_last_steps_does_not_climb() -> None:
    load = np.where(np.arange(STEPS) < 52, 0, 900)
    assert not lifetimes(load * KIB, load, added=400, seconds=SLOW_END).climbs_by_clock(0)


def test_a_bound_is_reached_where_entries_come_and_go_to_the_end() -> None:
    full = until(20)
    busy = np.full(STEPS, 400)
    loaded = np.where(np.arange(STEPS) <= 22, 400, 0)
    assert lifetimes(full * KIB, full, added=busy).behaviour(0) == "fills"
    assert lifetimes(full * KIB, full, added=loaded).behaviour(0) == "stays"


def test_without_a_timeline_the_work_alone_tells() -> None:
    found = lifetimes(BUILT * KIB, BUILT, added=400, seconds=np.zeros(0))
    assert (found.behaviour(0), found.climbs_by_clock(0), found.share_of_time(3)) == ("grows", False, 0.0)


def test_what_only_passes_through_a_function_fills_nothing() -> None:
    loaded = until(40)
    found = lifetimes(loaded * KIB, loaded, added=800)
    nothing = replace(found, entered_blocks=np.where(np.arange(STEPS) <= 40, 400, 0).reshape(-1, 1))
    assert (found.behaviour(0), nothing.behaviour(0)) == ("fills", "stays")


def test_buffers_that_are_made_larger_by_an_eighth_have_reached_no_bound() -> None:
    """Each rest is as long as it takes to fill the eighth: a little longer than the one before."""
    rising = np.linspace(0, 8.9e6, 20)
    rests = np.repeat(np.array([10.0, 11.4, 12.9, 14.5, 16.3, 18.4, 20.7, 23.3, 26.3, 29.6, 33.3]) * 1e6,
                      [2, 3, 2, 3, 4, 3, 4, 5, 5, 6, 7])  # fmt: skip
    level = np.r_[rising, rests].astype(np.int64)
    assert lifetimes(level, np.full(STEPS, 103), added=840).behaviour(0) == "grows"
