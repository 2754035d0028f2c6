"""A stored capture keeps how memory came and went: its findings are those of the events."""

from __future__ import annotations

import random
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forensics.builder import LANGUAGES, profile_from_columns
from forensics.capture import Capture, Health, Summary
from forensics.diagnose import diagnose
from forensics.errors import BadDump, CannotReplay, ForensicsError
from forensics.export import convert
from forensics.export.history import MOST_FOLLOWED
from forensics.history import History
from forensics.lifetimes import lifetimes
from forensics.profile import Origin
from forensics.readers import load
from tests import event_captures
from tests.test_diagnose_findings import KIB, MIB, PASSING, run, said, work

ENTRY = ("main > quote", 40 * KIB, 1)
GONE = ("main > quote", 40 * KIB, -1)
STORIES = {
    "grows": [*work(400, ENTRY, *PASSING)],
    "fills": [*work(60, *PASSING, ENTRY), *work(340, *PASSING, ENTRY, GONE)],
    "stays": [*work(20, ("main > table", 200 * KIB, 1)), *work(300, *PASSING)],
    "passes": [
        *work(50, *PASSING),
        *work(3, ("main > report > numpy:ones", 8 * MIB, 1)),
        *work(3, ("main > report > numpy:ones", 8 * MIB, -1)),
        *work(50, *PASSING),
    ],
    "is let go at exit": [*work(400, ENTRY, *PASSING), *work(400, GONE)],
}


def stored(capture: Capture, folder: Path, **options: float) -> Capture:
    convert(capture, folder / "run.parquet", force=True, **options)
    return load(folder / "run.parquet")


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_stored_capture_says_what_its_events_said(story: list, tmp_path: Path) -> None:
    whole = run(*story)

    kept = stored(whole, tmp_path)

    found = diagnose(kept)
    assert said(found) == said(diagnose(whole)) != []
    assert not any("growth over time" in note for note in found.notes)
    with pytest.raises(CannotReplay, match="without its events"):
        kept.events()


def test_it_is_the_same_when_it_is_stored_again(tmp_path: Path) -> None:
    once = stored(run(*STORIES["fills"]), tmp_path)

    again = stored(once, tmp_path)

    assert said(diagnose(again)) == [("cache-filling", "cache", "quote")]
    for field in fields(History):
        assert getattr(again.history, field.name).tolist() == getattr(once.history, field.name).tolist()


def test_one_moment_alone_has_no_history(tmp_path: Path) -> None:
    convert(run(*STORIES["grows"]), tmp_path / "end.parquet", moment="end")

    assert load(tmp_path / "end.parquet").history is None


def test_callsites_too_small_for_a_curve_are_counted_at_the_largest_of_their_owner(tmp_path: Path) -> None:
    lines = [(f"main > quote > json:loads#{line}", KIB, 1) for line in range(1, MOST_FOLLOWED + 200)]
    whole = run(*work(4, *lines, ("main > quote", 40 * KIB, 1)))

    history = stored(whole, tmp_path).history

    assert history is not None
    assert len(np.unique(history.callsite_id)) == MOST_FOLLOWED
    assert history.bytes.sum() == whole.summaries["end"].bytes
    assert history.added.sum() == whole.summaries["allocated"].blocks


def test_callsites_folded_into_their_callers_take_their_history_along(tmp_path: Path) -> None:
    small = [(f"main > answer > json:loads#{line}", 64, 1) for line in range(1, 50)]
    whole = run(*work(8, *small, *PASSING, ENTRY))

    kept = stored(whole, tmp_path, min_share=0.01)

    assert kept.history is not None
    assert kept.history.bytes.sum() == whole.summaries["end"].bytes
    assert len(kept.history.last_bytes) == len(kept.profile().callsites) < 10


paths = st.sampled_from(["main>load", "main>quote", "main>answer>dumps", "main"])
allocations = st.lists(st.tuples(paths, st.integers(1, 5000), st.booleans()), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(made=allocations, each=st.integers(1, 9))
def test_what_is_kept_of_any_events_are_their_curves(
    tmp_path_factory: pytest.TempPathFactory, made: list, each: int
) -> None:
    words = []
    for number, (path, size, freed) in enumerate(made):
        words += [f"+{path}:{size}"] + ([f"-{path}:{size}"] if freed else [])
        words += ["|1000"] if number % each == 0 else []
    whole = event_captures.capture(" ".join(words))
    one_group = np.zeros(len(whole.profile().callsites), np.int32)
    kept = stored(whole, tmp_path_factory.mktemp("kept"))
    stored_group = np.zeros(len(kept.profile().callsites), np.int32)

    before = lifetimes(whole, one_group, work=np.ones(len(one_group), bool))
    after = lifetimes(kept, stored_group, work=np.ones(len(stored_group), bool))

    for name in ("live_bytes", "live_blocks", "added_blocks", "freed_blocks", "last_bytes", "interval"):
        assert getattr(after, name).tolist() == getattr(before, name).tolist(), name


def broken(folder: Path, *, step: int = 0, size: int = 1) -> Path:
    """A stored capture whose first change is this one."""
    stored(run(*STORIES["grows"]), folder)
    table = pq.read_table(folder / "run.parquet")
    at = table.schema.get_field_index("history")
    lists = table.column("history").combine_chunks()
    rows = lists.flatten().to_pylist()
    rows[0].update(step=step, bytes=size)
    values = pa.ListArray.from_arrays(lists.offsets, pa.array(rows, lists.type.value_type))
    table = table.set_column(at, table.schema.field(at), values)
    pq.write_table(table, folder / "broken.parquet", compression="zstd", write_statistics=False)
    return folder / "broken.parquet"


@pytest.mark.parametrize(
    ("fault", "said_of_it"), [({"step": 64}, "impossible step"), ({"step": -1}, "impossible step"),
                              ({"size": 1 << 60}, "impossible size")],
)  # fmt: skip
def test_an_impossible_history_is_refused(fault: dict, said_of_it: str, tmp_path: Path) -> None:
    with pytest.raises(BadDump, match=said_of_it):
        load(broken(tmp_path, **fault))


def test_damage_anywhere_in_a_history_is_one_line_or_harmless(tmp_path: Path) -> None:
    out = tmp_path / "run.parquet"
    stored(run(*STORIES["fills"]), tmp_path)
    whole = out.read_bytes()
    chance = random.Random(7)
    faults = []
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 8))):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        out.write_bytes(damaged)
        try:
            diagnose(load(out))
        except ForensicsError as error:
            faults.append(str(error))
    assert len(faults) > 100
    assert not any("\n" in fault for fault in faults)


def test_more_than_a_million_callsites_are_stored_and_opened(tmp_path: Path) -> None:
    count = (1 << 20) + 9
    lines = np.arange(count, dtype=np.int32)
    frames = pd.DataFrame({"function": "f", "file": "a.py", "module": "a", "line": lines})
    many = profile_from_columns(
        frames=frames.assign(language=pd.Categorical(["python"] * count, categories=LANGUAGES)),
        parent_id=np.full(count, -1),
        frame_id=lines,
        depth=np.zeros(count, np.int32),
        callsite_id=np.array([3]),
        thread=pd.Categorical(["main"]),
        allocator=pd.Categorical(["malloc"]),
        values={"bytes": np.array([8]), "blocks": np.array([1])},
        measures={},
        origin=Origin(path="many"),
    )
    summary, profiles = {"peak": Summary(8, 1)}, {"peak": lambda: many}
    whole = Capture(origin=many.origin, health=Health(), summaries=summary, profiles=profiles)

    kept = stored(whole, tmp_path)

    assert (len(kept.profile().callsites), kept.profile().total_bytes) == (count, 8)


def test_a_capture_in_which_nothing_was_allocated_is_stored(tmp_path: Path) -> None:
    kept = stored(event_captures.capture("|1 |2"), tmp_path)

    assert (kept.history, kept.profile().total_bytes) == (None, 0)
