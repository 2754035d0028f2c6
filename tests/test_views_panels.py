"""Controls over a replay, moved from Python: the same functions answer that answer the page."""

from __future__ import annotations

import pytest

import forensics as hf
from forensics.replay import Replay, replay
from tests.event_captures import capture

#: Two causes, one after the other: the model is held throughout, the page only for a moment.
EVENTS = (
    "|900 +main>torch.load:4000 |1500 +main>handle:2000 |1800 -main>handle:2000 |1700 +main>handle:1000 |1800"
)


@pytest.fixture
def replayed() -> Replay:
    return replay(capture(EVENTS))


def test_a_panel_starts_at_what_was_recorded(replayed: Replay) -> None:
    panel = hf.what_if_panel(replayed, limit=5000)

    assert panel.answer.peak_bytes == replayed.peak_bytes == 6000
    assert panel.answer.saves_bytes == 0


def test_a_factor_of_zero_and_an_unchecked_box_say_the_same(replayed: Replay) -> None:
    first, second = hf.what_if_panel(replayed), hf.what_if_panel(replayed)
    (cause, *_) = first._boxes

    first.set(cause, 0)
    second._boxes[cause].value = False

    assert first.answer.peak_bytes == second.answer.peak_bytes == replayed.without(cause=cause).peak_bytes


def test_half_of_everything_is_half_of_the_peak(replayed: Replay) -> None:
    panel = hf.what_if_panel(replayed)

    for cause in panel._boxes:
        panel.set(cause, 0.5)

    assert panel.answer.peak_bytes == 3000


def test_the_panel_says_how_far_it_is_from_the_limit(replayed: Replay) -> None:
    panel = hf.what_if_panel(replayed, limit=5000)

    assert "1000 B over the limit of 4.9 KiB" in panel._shown.value


def test_the_slider_moves_profile_ledger_and_picture(replayed: Replay) -> None:
    panel = hf.moment_panel(replayed)
    at_peak = panel._chart.value

    panel.slider.value = 0

    assert panel.profile.total_bytes == int(replayed.curve["heap_bytes"].iloc[0])
    assert panel._chart.value != at_peak
    assert "3.9 KiB" in panel._ledger.value


def test_a_panel_starts_at_the_peak(replayed: Replay) -> None:
    assert hf.moment_panel(replayed).profile.total_bytes == 6000


def test_a_panel_is_a_picture_where_no_widget_runs(replayed: Replay) -> None:
    for panel in (hf.moment_panel(replayed), hf.what_if_panel(replayed)):
        bundle, _ = panel._repr_mimebundle_()
        assert {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} <= set(bundle)
        assert "peak" in bundle["text/plain"]


def test_the_smallest_fix_shows_itself(replayed: Replay) -> None:
    bundle = replayed.smallest_fix(3000)._repr_mimebundle_()

    assert "take away" in bundle["text/plain"]
    assert "<table>" in bundle["text/html"]
