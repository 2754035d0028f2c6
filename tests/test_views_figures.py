"""Figures: both forms, the same bytes each run, marked when the dump is partial."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image

import forensics as hf
from forensics.attribute import attribute
from forensics.replay import replay
from forensics.views.figure import PLOTLY_MIME, Figure
from forensics.views.icicle import heaviest_causes
from forensics.views.palette import CAUSE_COLOURS, ink_on, luminance
from forensics.views.static import fitted, text_width
from forensics.views.time_chart import byte_ticks
from forensics.views.timeline import counter, thinned
from tests.event_captures import capture
from tests.text_profiles import profile

EAGER = """
    <module> (/srv/app/app.py:3) > load (/x/site-packages/torch/serialization.py:9)  352 MiB 12 blocks
    <module> (/srv/app/app.py:1) > _load (<frozen importlib._bootstrap>:241)  120 MiB 9000 blocks
    <module> (/srv/app/app.py:9) > handle (/srv/app/app.py:20)  2 MiB 40 blocks
"""


def figures(**origin: object) -> list[Figure]:
    held = profile(EAGER, repo_root="/srv/app", **origin)
    return [hf.icicle(held), hf.cause_chart(held, limit="512MiB")]


def test_a_figure_is_interactive_and_a_picture_and_text() -> None:
    for figure in figures():
        bundle, metadata = figure._repr_mimebundle_()
        picture = Image.open(BytesIO(b64decode(bundle["image/png"])))
        assert set(bundle) == {PLOTLY_MIME, "image/png", "text/plain"}
        assert picture.size == (2 * figure.width, 2 * figure.height)
        assert metadata["image/png"] == {"width": figure.width, "height": figure.height}
        go.Figure(data=bundle[PLOTLY_MIME]["data"], layout=bundle[PLOTLY_MIME]["layout"])


def test_the_same_profile_gives_the_same_bytes() -> None:
    for first, second in zip(figures(), figures(), strict=True):
        assert first.png == second.png
        assert first.plotly == second.plotly


def test_every_figure_of_a_partial_dump_says_so() -> None:
    for figure in figures(complete=False, missing="killed after 3.2 s"):
        assert "PARTIAL: killed after 3.2 s" in figure.title
        assert "PARTIAL" in figure.plotly["layout"]["title"]["text"]
        assert "PARTIAL" in repr(figure)


def test_an_icicle_of_plotly_adds_up() -> None:
    (trace,) = hf.icicle(profile(EAGER)).plotly["data"]
    totals = dict(zip(trace["ids"], trace["values"], strict=True))

    assert totals["0"] == 474 << 20
    assert (
        sum(totals[i] for i, parent in zip(trace["ids"], trace["parents"], strict=True) if parent == "0")
        == 474 << 20
    )


def test_an_icicle_has_at_most_five_hundred_boxes() -> None:
    wide = profile("\n".join(f"main > f{i} {i + 1} KiB 1 block" for i in range(1000)))
    (trace,) = hf.icicle(wide).plotly["data"]

    assert len(trace["ids"]) <= 500
    assert any(label.startswith("other (") for label in trace["labels"])


def test_a_box_takes_the_colour_of_the_cause_that_holds_most_of_it() -> None:
    held = profile("main > a 60 B 1 block\nmain > b 50 B 1 block\nmain > c 20 B 1 block")

    heaviest = heaviest_causes(held, np.array(["cache", "data", "data"], dtype=object))

    assert dict(zip(held.frames["function"], heaviest, strict=True)) == {
        "main": "data",
        "a": "cache",
        "b": "data",
        "c": "data",
    }


def test_the_limit_is_drawn_where_it_does_not_press_the_bars_flat() -> None:
    held = profile("main 100 MiB 1 block")

    near, far = hf.cause_chart(held, limit="300MiB"), hf.cause_chart(held, limit="64GiB")

    assert [shape["x0"] for shape in near.plotly["layout"]["shapes"]] == [300 << 20]
    assert far.plotly["layout"]["shapes"] == []
    assert "limit 64.0 GiB" in far.title


def test_the_timeline_shows_heap_rss_and_limit() -> None:
    recorded = capture("|900 +main>load:400 |1500 +main:200 |1800 -main:200 |1700")

    figure = hf.timeline(recorded, limit=1600)

    heap, rss = figure.plotly["data"]
    assert heap["y"] == [0, 400, 600, 400]
    assert rss["y"] == [900, 1500, 1800, 1700]
    assert heap["x"] == [0, 0.01, 0.02, 0.03]
    assert [shape["y0"] for shape in figure.plotly["layout"]["shapes"]] == [1600]


def test_a_snapshot_has_no_timeline_and_says_so() -> None:
    recorded = capture("+main:10")

    assert "no history" in hf.timeline(recorded).title


def test_a_replay_shows_its_causes_stacked_to_the_exact_peak() -> None:
    replayed = replay(capture("|900 +main>load:400 |1500 +main:200 |1800 -main:200 |1700"))

    figure = hf.timeline(replayed)

    areas = [trace for trace in figure.plotly["data"] if "stackgroup" in trace]
    assert max(sum(column) for column in zip(*(area["y"] for area in areas), strict=True)) == 600
    assert "peak 600 B" in figure.title


def test_thinning_keeps_the_extremes() -> None:
    held = np.full(10_000, 500)
    held[7777], held[3333] = 999, 1
    line = pd.DataFrame({"seconds": np.arange(10_000) / 100, "bytes": held})

    thin = thinned(line, limit=100)

    assert len(thin) <= 100
    assert thin.loc[thin["bytes"].idxmax(), "seconds"] == 77.77
    assert thin.loc[thin["bytes"].idxmin(), "seconds"] == 33.33
    assert thin["seconds"].is_monotonic_increasing


def test_unknown_rss_is_left_out() -> None:
    recorded = capture("|900 +main:400 |0 +main:1 |1700")

    assert counter(recorded, "heap_bytes")["bytes"].to_list() == [0, 400, 401]


@pytest.mark.parametrize("highest", [1, 900, 5 << 20, 3.3e9])
def test_ticks_are_round_and_few(highest: float) -> None:
    ticks = byte_ticks(highest)

    assert ticks[0] == 0
    assert len(ticks) <= 10
    assert all(tick & (tick - 1) == 0 for tick in np.diff(ticks).tolist())


@pytest.mark.parametrize("fill", sorted(set(CAUSE_COLOURS.values())))
def test_text_on_a_colour_can_be_read(fill: str) -> None:
    lighter, darker = sorted((luminance(fill), luminance(ink_on(fill))), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize("ground", ["#ffffff", "#111111"])
def test_ink_can_be_read_on_light_and_dark(ground: str) -> None:
    lighter, darker = sorted((luminance("#777777"), luminance(ground)), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.1


def test_text_that_is_cut_fits() -> None:
    assert fitted("short", 200) == "short"
    assert text_width(fitted("a long name of a function", 60)) <= 60
    assert fitted("wide", 2) == ""


def test_objects_show_a_figure_or_a_table() -> None:
    held = profile(EAGER)

    assert PLOTLY_MIME in held._repr_mimebundle_()
    assert "<table>" in attribute(held)._repr_mimebundle_()["text/html"]
    assert "<table>" in capture("+main:10")._repr_mimebundle_()["text/html"]


def test_a_ledger_in_text_adds_up_to_the_whole() -> None:
    lines = attribute(profile(EAGER))._repr_mimebundle_()["text/plain"].splitlines()

    assert lines[-1].split() == ["all", "474.0", "MiB", "100", "%", "9,052"]


def test_the_flame_graph_falls_back_to_a_picture() -> None:
    bundle, _ = hf.flame_graph(profile(EAGER))._repr_mimebundle_()

    assert {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} <= set(bundle)


def test_a_selected_box_of_the_flame_graph_is_its_stack() -> None:
    held = profile(EAGER)
    graph = hf.flame_graph(held)

    assert graph.stack.empty
    graph.selected = 1
    assert graph.stack["function"].to_list() == ["<module>", "load"]
