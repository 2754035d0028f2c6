"""Captures stored as Parquet come back as they were, small, deterministic and safe to open."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forensics.builder import Frame, ProfileBuilder
from forensics.capture import Capture, Health, Summary, timeline_table
from forensics.errors import BadDump, ForensicsError, UsageError
from forensics.export import convert
from forensics.export.parquet import thinned
from forensics.profile import Origin, Profile
from forensics.readers import load
from forensics.sidecar import sidecar_from
from tests.text_profiles import profile

PEAK = """
    main (app.py:1) > serve (app.py:9) > json.loads (json.py:3)  300 MiB 12 blocks
    main (app.py:1) > load_model (model.py:7)  100 MiB 2 blocks
    -  5 B 1 block
"""
END = """
    main (app.py:1) > cache.put (cache.py:4)  7 MiB 9 blocks
    main (app.py:1) > load_model (model.py:7)  100 MiB 2 blocks
"""


def capture(**profiles: Profile) -> Capture:
    return Capture(
        origin=Origin(path="/srv/app/run.bin", format="memray", producer="memray 1.20", pid=7),
        health=Health(state="killed", detail="no trailer", offset=99),
        summaries={name: Summary(p.total_bytes, p.total_blocks) for name, p in profiles.items()},
        profiles={name: (lambda p=p: p) for name, p in profiles.items()},
        timeline=timeline_table(np.array([10**18, 10**18 + 5]), np.array([1, -1]), np.array([3, 2])),
        extras={"threads": {"main": 1}, "opaque": object()},
    )


def rows(profile: Profile) -> dict[tuple[object, ...], tuple[int, int]]:
    """What each path, thread and allocator holds."""
    held: dict[tuple[object, ...], tuple[int, int]] = {}
    for row in profile.allocations.itertuples():
        path = tuple(profile.stack(row.callsite_id).itertuples(index=False, name=None))
        key = (path, row.thread, row.allocator)
        size, blocks = held.get(key, (0, 0))
        held[key] = (size + row.bytes, blocks + row.blocks)
    return held


def test_every_moment_comes_back_with_its_stacks_and_totals(tmp_path: Path) -> None:
    before = capture(peak=profile(PEAK, moment="peak"), end=profile(END, moment="end"))

    written = convert(before, tmp_path / "run.parquet")

    after = load(tmp_path / "run.parquet")
    assert written.moments == after.moments == ("peak", "end")
    assert after.summaries == {"peak": (419430405, 15), "end": (112197632, 11)}
    assert rows(after.profile("peak")) == rows(before.profile("peak"))
    assert rows(after.profile("end")) == rows(before.profile("end"))
    assert after.profile("end").origin.moment == "end"


def test_origin_health_and_timeline_come_back(tmp_path: Path) -> None:
    convert(capture(peak=profile(PEAK)), tmp_path / "run.parquet")

    after = load(tmp_path / "run.parquet")

    assert (after.origin.format, after.origin.producer, after.origin.pid) == ("memray", "memray 1.20", 7)
    assert after.origin.path == str(tmp_path / "run.parquet")
    assert after.extras["stored"]["file"] == "run.bin"
    assert after.health == Health(state="killed", detail="no trailer", offset=99)
    pd.testing.assert_frame_equal(after.timeline, capture().timeline)


def test_what_parquet_cannot_hold_is_listed(tmp_path: Path) -> None:
    written = convert(capture(peak=profile(PEAK)), tmp_path / "run.parquet")

    assert written.lost == ("extra 'opaque': is no plain JSON",)
    assert load(tmp_path / "run.parquet").extras["threads"] == {"main": 1}


def test_the_side_car_is_stored_with_its_limit_and_highest_rss(tmp_path: Path) -> None:
    samples = {"time_ns": list(range(5000)), "rss_bytes": [*range(4000), 99999, *range(999)]}
    document = {"limit": {"bytes": 512 << 20}, "git": {"commit": "abc"}, "samples": samples}
    before = capture(peak=profile(PEAK)).with_sidecar(sidecar_from(document))

    convert(before, tmp_path / "run.parquet")

    after = load(tmp_path / "run.parquet")
    assert (after.limit_bytes, after.peak_rss_bytes, after.origin.commit) == (536870912, 99999, "abc")


def test_the_same_capture_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.parquet", "b.parquet"):
        convert(capture(peak=profile(PEAK), end=profile(END)), tmp_path / name)

    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "run.parquet"
    out.write_text("mine")

    with pytest.raises(UsageError, match="--force"):
        convert(capture(peak=profile(PEAK)), out)

    assert out.read_text() == "mine"
    assert convert(capture(peak=profile(PEAK)), out, force=True).bytes == out.stat().st_size
    assert list(tmp_path.iterdir()) == [out]


def test_small_callsites_are_counted_in_their_callers(tmp_path: Path) -> None:
    small = "\n".join(f"main > serve > handler_{i} 1 KiB 1 block" for i in range(100))
    before = capture(peak=profile(f"main > load_model 1 MiB 1 block\n{small}"))

    convert(before, tmp_path / "run.parquet", min_share=0.01)

    after = load(tmp_path / "run.parquet").profile("peak")
    functions = after.frames["function"].to_numpy()[after.callsites["frame_id"]]
    assert list(functions) == ["main", "load_model", "serve"]
    assert dict(zip(functions, after.own(), strict=True)) == {
        "main": 0,
        "load_model": 1 << 20,
        "serve": 102400,
    }
    assert after.own("blocks").tolist() == [0, 1, 100]
    assert "counted in their callers" in after.origin.notes[0]


def test_one_call_path_in_two_rows_is_refused_when_the_file_is_opened(tmp_path: Path) -> None:
    convert(
        capture(peak=profile("main > load 5 B 1 block\nmain > save 7 B 1 block")), tmp_path / "run.parquet"
    )
    table = pq.read_table(tmp_path / "run.parquet")
    at = table.schema.get_field_index("function")
    names = pa.array(["main", "load", "load"]).dictionary_encode().cast(table.schema.field(at).type)
    pq.write_table(table.set_column(at, table.schema.field(at), names), tmp_path / "twice.parquet")

    with pytest.raises(
        BadDump, match=r"holds impossible tables \(callsites: \(parent_id, frame_id\) must be"
    ):
        load(tmp_path / "twice.parquet")


def test_a_thinned_timeline_keeps_its_highest_values() -> None:
    rss = np.arange(10_000) % 777
    rss[4321] = 123_456
    heap = np.zeros(10_000, np.int64)
    heap[17] = 5

    thin = thinned(timeline_table(np.arange(10_000), rss, heap))

    assert len(thin) <= 2001
    assert (thin["rss_bytes"].max(), thin["heap_bytes"].max()) == (123_456, 5)
    assert thin["time"].is_monotonic_increasing


frames = st.builds(
    Frame,
    function=st.text(min_size=1, max_size=4),
    file=st.sampled_from(["a.py", "b.py", ""]),
    line=st.integers(0, 3),
    language=st.sampled_from(["python", "go"]),
)
samples = st.tuples(
    st.lists(frames, max_size=4),
    st.sampled_from(["", "t1"]),
    st.sampled_from(["malloc", "mmap"]),
    st.integers(0, 2**40),
    st.integers(0, 9),
)


def built(taken: list[tuple[list[Frame], str, str, int, int]]) -> Profile:
    builder = ProfileBuilder()
    for stack, thread, allocator, size, blocks in taken:
        builder.add(stack, thread=thread, allocator=allocator, bytes=size, blocks=blocks)
    return builder.build()


@settings(max_examples=60, deadline=None)
@given(peak=st.lists(samples, max_size=8), end=st.lists(samples, max_size=8))
def test_any_two_profiles_round_trip(tmp_path_factory: pytest.TempPathFactory, peak: list, end: list) -> None:
    before = capture(peak=built(peak), end=built(end))
    out = tmp_path_factory.mktemp("round") / "trip.parquet"

    convert(before, out)

    after = load(out)
    assert rows(after.profile("peak")) == rows(before.profile("peak"))
    assert rows(after.profile("end")) == rows(before.profile("end"))


def test_damage_anywhere_is_one_line_or_harmless(tmp_path: Path) -> None:
    out = tmp_path / "run.parquet"
    convert(capture(peak=profile(PEAK), end=profile(END)), out)
    whole = out.read_bytes()
    chance = random.Random(4)
    faults = []
    for _ in range(400):
        broken = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 8))):
            broken[chance.randrange(4, len(broken))] = chance.randrange(256)
        out.write_bytes(broken[: chance.choice((len(broken), chance.randrange(4, len(broken))))])
        faults.append(fault_of(out))
    assert not any("\n" in fault for fault in faults)
    assert sum(map(bool, faults)) > 200


def test_rows_that_do_not_add_up_to_the_stored_total_are_refused(tmp_path: Path) -> None:
    held = profile(PEAK)
    told = replace(capture(peak=held), summaries={"peak": Summary(held.total_bytes + 1, held.total_blocks)})

    convert(told, tmp_path / "run.parquet")

    assert "the bytes of the moment peak do not add up" in fault_of(tmp_path / "run.parquet")


def fault_of(path: Path) -> str:
    """The line with which opening and reading this file ends, '' where it is read."""
    try:
        opened = load(path)
        for moment in opened.moments:
            opened.profile(moment)
    except ForensicsError as error:
        return str(error)
    return ""
