"""Who holds what grows, what one construction is, how often a model was loaded, and what one moment tells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forensics.capture import Capture, Health, Summary
from forensics.curves import behaviour
from forensics.diagnose import diagnose
from forensics.diagnose.case import lowest_count
from forensics.diagnose.finding import Finding
from forensics.diagnose.loads import loads, loads_by_curve
from tests.stacks import profile
from tests.test_diagnose_findings import KIB, MIB, PASSING, run, said, work


def capture_of(text: str, *, moment: str = "live", heap: list[int] | None = None) -> Capture:
    """A capture of one moment, with the heap over time where that is told."""
    held = profile(text, moment=moment)
    start = pd.Timestamp("2026-01-01", tz="UTC")
    level = np.array(heap or [], np.int64)
    timeline = pd.DataFrame(
        {
            "time": [start + pd.Timedelta(seconds=n) for n in range(len(level))],
            "rss_bytes": level,
            "heap_bytes": level,
        }
    )
    return Capture(
        origin=held.origin,
        health=Health(),
        summaries={moment: Summary(held.total_bytes, held.total_blocks)},
        profiles={moment: lambda: held},
        timeline=timeline,
    )


def first(capture: Capture) -> Finding:
    return diagnose(capture).findings[0]


# Who holds it

BODY = ("main > produce", 6 * KIB, 1)
QUEUED = ("main > produce > queue:put > queue:_put", 528, 1)


def test_what_piles_up_in_a_queue_is_the_queues() -> None:
    found = first(run(*work(100, *[BODY] * 8, QUEUED, *PASSING)))
    assert (found.kind, found.cause, found.owner and found.owner.function) == (
        "grows",
        "concurrency",
        "produce",
    )
    assert (found.runner_up, found.confidence) == ("cache", 0.8)


def test_a_queue_that_is_emptied_holds_nothing() -> None:
    taken = ("main > produce > queue:put > queue:_put", 528, -1)
    found = first(run(*work(100, *[BODY] * 8, QUEUED, taken, *PASSING)))
    assert (found.kind, found.cause) == ("unbounded-cache", "cache")


def test_what_log_records_quote_is_kept_by_the_records() -> None:
    record = ("main > order > logging:info > logging:makeRecord", 600, 1)
    found = first(run(*work(200, ("main > order", 4 * KIB, 1), record, *PASSING)))
    assert (found.kind, found.cause) == ("grows", "logging")


def test_a_queue_of_somebody_else_that_grows_beside_a_cache_does_not_hold_it() -> None:
    other = ("main > listen > queue:put > queue:_put", 528, 1)
    found = first(run(*work(100, ("main > quote", 40 * KIB, 1), other, *PASSING)))
    assert (found.kind, found.cause) == ("unbounded-cache", "cache")


# What the exit alone gives back

ENDING = [("main > answer > json:dumps", KIB, 1), ("main > answer > json:dumps", KIB, -1)]


def gone(*steps: tuple[str, int, int]) -> list[tuple[str, int, int]]:
    return [(stack, size, -1) for stack, size, _ in steps]


def test_pieces_that_add_up_until_the_exit_grow_and_one_document_sets_the_peak() -> None:
    pieces = [("main > ask", 12 * KIB, 1)] * 300
    added = [step for piece in pieces for step in (piece, *PASSING)]
    found = first(run(*added, *gone(*pieces)))
    assert (found.kind, found.confidence < 0.8) == ("grows", True)
    assert "twice as long" in str(found.next_measurement)
    tree = [("main > read_all > xml.etree.ElementTree:parse", 120, 1)] * 20_000
    assert [kind for kind, _, _ in said(diagnose(run(*tree, *gone(*tree))))] == ["payload-sets-peak"]


def test_what_a_constructor_builds_once_is_held_although_the_run_does_little_else() -> None:
    table = [("main > __init__ > fill", 2 * KIB, 1)] * 2_000
    assert [kind for kind, _, _ in said(diagnose(run(*table)))] == ["held-throughout"]


@pytest.mark.parametrize(
    ("live", "entries", "word"),
    [
        ([*range(0, 620, 10), 0, 0], 60, "rises"),
        ([0] * 20 + [600] * 42 + [0, 0], 60, "passes"),
        ([min(n, 10) for n in range(64)], 2, "stays"),
    ],
)
def test_curves_until_the_exit(live: list[int], entries: int, word: str) -> None:
    assert behaviour(np.asarray(live, np.int64), np.ones(64, np.int64), entries) == word


@pytest.mark.parametrize(
    ("live", "added", "word"),
    [
        ([min(n, 54) for n in range(64)], [4] * 64, "fills"),
        ([min(n, 54) for n in range(64)], [4] * 55 + [0] * 9, "stays"),
        ([min(n, 62) for n in range(64)], [4] * 64, "grows"),
        ([n + 90 * (n % 4 == 1) for n in range(64)], [4] * 64, "grows"),
        ([*[min(n, 30) for n in range(62)], 0, 0], [4] * 64, "fills"),
    ],
    ids=["a bound reached late", "nothing more comes", "no bound yet", "copies at work", "let go at exit"],
)
def test_curves_that_are_easily_taken_for_others(live: list[int], added: list[int], word: str) -> None:
    assert behaviour(np.asarray(live, np.int64), np.asarray(added, np.int64), 4 * 60) == word


# How often a model was loaded

SESSION = "main > handle > onnxruntime.capi.onnxruntime_inference_collection:__init__"
ONE_LOAD = [(SESSION, size, 1) for size in (20 * MIB, 4 * MIB, 3_000, 5_000, 7_000)]


def test_loads_of_a_library_without_frames_are_counted_by_their_sizes() -> None:
    steps = work(5, *ONE_LOAD, *PASSING)
    found = first(run(*steps))
    assert (found.kind, found.figures["loads"], found.figures["alive"]) == ("model-loaded-repeatedly", 5, 5)
    again = work(5, *ONE_LOAD, *PASSING, *gone(*ONE_LOAD))
    assert first(run(*again)).figures["alive"] == 1


def test_one_load_with_many_equal_layers_is_one_load() -> None:
    layers = [(SESSION, 3 * MIB, 1)] * 12
    capture = run(*layers, (SESSION, 9 * MIB, 1), *work(20, *PASSING))
    every = np.ones(len(capture.profile("peak").callsites), dtype=bool)
    assert loads(capture, every).times == 1
    assert all(f.kind != "model-loaded-repeatedly" for f in diagnose(capture).findings)


@pytest.mark.parametrize(
    ("heap", "held", "times", "alive"),
    [
        ([0, 0, 40, 40, 40, 80, 80, 80, 120, 120, 160, 160], 160, 4, 4),
        ([0, 40, 40, 0, 0, 40, 40, 0, 0, 41, 41, 0], 40, 3, 1),
        ([0, 10, 30, 70, 90, 100, 100, 100], 100, 1, 1),
        ([], 100, 1, 1),
    ],
)
def test_loads_are_told_from_steps_of_the_heap(heap: list[int], held: int, times: int, alive: int) -> None:
    found = loads_by_curve(np.asarray(heap, np.int64) << 20, held << 20)
    assert (found.times, found.alive) == (times, alive)


def test_a_line_that_brings_in_a_model_library_and_keeps_much_unpickled_a_model() -> None:
    imported = "main > ready#7 > importlib._bootstrap:_find_and_load > sklearn.tree:<module>"
    found = diagnose(capture_of(f"main > ready#7  30 MiB 900 blocks\n{imported}  2 MiB 9 blocks"))
    assert ("held-throughout", "model-load") in {(f.kind, f.cause) for f in found.findings}
    beside = diagnose(capture_of("main > ready#8  30 MiB 900 blocks\n" + imported + "  2 MiB 9 blocks"))
    assert "model-load" not in {f.cause for f in beside.findings}


def test_a_lazy_import_that_makes_nothing_itself_is_no_model() -> None:
    imported = "main > ready#7 > importlib._bootstrap:_find_and_load > sklearn.tree:<module>"
    found = diagnose(capture_of(f"main > ready#7  3 KiB 9 blocks\n{imported}  20 MiB 900 blocks"))
    assert {f.cause for f in found.findings} == {"import"}


# One moment


def test_one_snapshot_says_what_holds_and_leaves_growth_open() -> None:
    found = first(capture_of("main > quote  30 MiB 9000 blocks\nmain > report  1 MiB 5 blocks"))
    assert (found.kind, found.cause, found.conclusive) == ("held-throughout", "data", True)
    assert "second snapshot" in str(found.next_measurement)
    words = str(diagnose(capture_of("main > quote  30 MiB 9000 blocks")))
    assert "alive in this snapshot" in words
    assert "at the peak" not in words


def test_a_heap_that_rises_to_the_end_tells_growth_of_what_is_most_of_it() -> None:
    rising = [n * MIB for n in range(1, 41)]
    text = "main > quote  36 MiB 9000 blocks\nmain > report  4 MiB 5 blocks"
    found = first(capture_of(text, heap=rising))
    assert (found.kind, 0.5 <= found.confidence < 0.8) == ("grows", True)
    assert first(capture_of(text, heap=[40 * MIB] * 40)).kind == "held-throughout"


def test_tasks_of_one_moment_are_counted_as_a_fan_out() -> None:
    waiting = "main > asyncio.events:_run > watch  9 MiB 900 blocks"
    tasks = "main > asyncio.tasks:create_task  1 MiB 900 blocks"
    found = first(capture_of(f"{waiting}\n{tasks}"))
    assert (found.kind, found.cause) == ("fan-out", "concurrency")


# Pools whose number is not told


@pytest.mark.parametrize(
    ("blocks", "lowest"),
    [([6] * 20 + [12, 18, 36] * 9, 6), ([1] * 9 + [6] * 20, 0), ([], 0), ([7, 9, 40], 0)],
)
def test_what_was_done_n_times_left_n_blocks_nearly_everywhere(blocks: list[int], lowest: int) -> None:
    assert lowest_count(np.asarray(blocks, np.int64)) == lowest


def test_jobs_of_one_pool_that_pile_up_are_no_pools() -> None:
    job = (
        "main > submit_all > concurrent.futures.thread:submit > concurrent.futures._base:__init__",
        3 * KIB,
        1,
    )
    kinds = {(f.kind, f.cause) for f in diagnose(run(*work(400, job, *PASSING))).findings if f.conclusive}
    assert kinds == {("grows", "pool/thread")}


# Pickles

MEMO = [("main > ready", 1 << power, 1) for power in range(10, 17)]
TABLE = [("main > ready", 700, 1)] * 4_000


def test_blocks_that_double_like_a_memo_tell_a_pickle_that_leaves_no_frame() -> None:
    found = diagnose(run(*MEMO, *TABLE, *gone(*MEMO), *work(20, *PASSING)))
    assert [(f.cause, f.rule) for f in found.findings] == [("model-load", "unpickled-by-its-memo")]
    assert found.findings[0].confidence < 0.8


def test_sets_and_lists_that_grow_are_no_pickles() -> None:
    sets = [("main > ready", 1 << power, 1) for power in range(9, 19, 2)]
    found = diagnose(run(*sets, *TABLE, *gone(*sets), *work(20, *PASSING)))
    assert "model-load" not in {f.cause for f in found.findings}


def test_a_model_that_the_constructor_of_the_service_loads_is_loaded_eagerly() -> None:
    loading = [("main > __init__ > safetensors.torch:load_file", 3 * MIB, 1)]
    assert said(diagnose(run(*loading, *work(50, *PASSING)))) == [
        ("model-loaded-eagerly", "model-load", "__init__")
    ]


def test_what_came_at_the_very_end_was_not_held_throughout() -> None:
    pages = [("main > fetch > httpx._models:text", 160 * KIB, 1)] * 40
    assert said(diagnose(run(*work(600, *PASSING), *pages))) == [("payload-sets-peak", "payload", "fetch")]
