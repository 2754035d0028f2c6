"""What convert writes is read back with the same totals, by us and by go; what is lost is said."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import forensics as hf
from forensics.builder import Frame, ProfileBuilder
from forensics.capture import Capture, Health, Summary
from forensics.errors import MissingMoment, UsageError
from forensics.profile import Origin, Profile
from tests.pprof_messages import Message
from tests.text_profiles import profile

DUMPS = Path(__file__).parent.parent / "sample_dumps"
PEAK = """
    main (app.py:1) > serve (app.py:9) > json.loads (json.py:3)  300 MiB 12 blocks
    main (app.py:1) > load_model (model.py:7)  100 MiB 2 blocks
    -  5 B 1 block
"""


def capture(**profiles: Profile) -> Capture:
    return Capture(
        origin=Origin(path="run.bin", format="memray", producer="memray 1.20"),
        health=Health(),
        summaries={name: Summary(p.total_bytes, p.total_blocks) for name, p in profiles.items()},
        profiles={name: (lambda p=p, name=name: p.with_origin(moment=name)) for name, p in profiles.items()},
    )


def held(profile: Profile, *columns: str) -> dict[tuple[object, ...], int]:
    """Bytes by path of these columns of its frames."""
    own = profile.own()
    return {
        tuple(profile.stack(int(row))[list(columns)].itertuples(index=False, name=None)): int(own[row])
        for row in np.flatnonzero(own)
    }


@pytest.mark.parametrize(
    "name", ["run.pb.gz", "run.pprof", "run.speedscope.json", "run.folded", "run.parquet"]
)
def test_paths_lines_and_bytes_come_back(tmp_path: Path, name: str) -> None:
    before = capture(peak=profile(PEAK))

    hf.convert(before, tmp_path / name)

    after = hf.load(tmp_path / name).profile()
    places = ("function", "file", "line")
    assert held(after, *places) == held(before.profile(), *places)


@pytest.mark.parametrize("name", ["run.pb.gz", "run.speedscope.json", "run.parquet"])
def test_blocks_come_back(tmp_path: Path, name: str) -> None:
    hf.convert(capture(peak=profile(PEAK)), tmp_path / name)

    assert hf.load(tmp_path / name).profile().total_blocks == 15


@pytest.mark.parametrize("name", ["run.pb.gz", "run.speedscope.json", "run.folded", "run.parquet"])
def test_the_same_capture_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        hf.convert(capture(peak=profile(PEAK)), tmp_path / folder / name)

    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_counted_goroutines_come_back_as_what_they_were(tmp_path: Path) -> None:
    (tmp_path / "goroutine.txt").write_text("goroutine profile: total 7\n5 @ 0x10 0x20\n2 @ 0x20\n")
    before = hf.load(tmp_path / "goroutine.txt").profile()

    hf.convert(hf.load(tmp_path / "goroutine.txt"), tmp_path / "goroutine.pb.gz")

    after = hf.load(tmp_path / "goroutine.pb.gz")
    assert after.moments == ("live",)
    assert after.extras["sample_types"] == [["goroutine", "count"]]
    assert after.profile().measures == before.measures
    assert sorted(after.profile().allocations["goroutines"]) == [2, 5]


def test_pprof_holds_allocated_beside_the_moment(tmp_path: Path) -> None:
    before = capture(
        peak=profile(PEAK), end=profile("main 5 B 1 block"), allocated=profile("main > f 900 MiB 20 blocks")
    )

    written = hf.convert(before, tmp_path / "run.pb.gz")

    after = hf.load(tmp_path / "run.pb.gz")
    assert written.moments == ("peak", "allocated")
    assert written.lost[:2] == (
        "moment 'end': --moment end writes it",
        "the name of the moment: peak is written as inuse_*",
    )
    assert after.summaries == {"live": (419430405, 15), "allocated": (943718400, 20)}


def test_threads_and_allocators_are_labels_in_pprof_and_said_to_be_lost_elsewhere(tmp_path: Path) -> None:
    builder = ProfileBuilder()
    builder.add([Frame("main")], thread="worker", allocator="mmap", bytes=7, blocks=1)
    before = capture(peak=builder.build())

    hf.convert(before, tmp_path / "run.pb.gz")
    lost = hf.convert(before, tmp_path / "run.folded").lost

    after = hf.load(tmp_path / "run.pb.gz")
    assert after.extras["labels"] == [{"thread": "worker", "allocator": "mmap"}]
    assert after.profile().allocations["thread"].tolist() == ["worker"]
    assert {"column 'thread'", "column 'allocator'", "column 'blocks'"} <= set(lost)


def test_labels_measures_and_rate_of_a_pprof_profile_survive_a_round_trip(tmp_path: Path) -> None:
    message = Message(("contentions", "count"), ("delay", "nanoseconds"))
    where = message.location(("sync.(*Mutex).Lock", "/go/sync/mutex.go", 1))
    message.sample([where], 3, 9000, labels={"route": "/a", "size": (64, "bytes"), "n": 5})
    (tmp_path / "in").write_bytes(message.encoded())

    hf.convert(hf.load(tmp_path / "in"), tmp_path / "out.pprof")

    before, after = hf.load(tmp_path / "in"), hf.load(tmp_path / "out.pprof")
    assert after.extras["labels"] == before.extras["labels"]
    assert after.profile().measures == {"delay": "nanoseconds", "contentions": "count"}
    assert after.profile().allocations[["delay", "contentions"]].iloc[0].tolist() == [9000, 3]


def test_estimates_keep_their_standard_error_in_pprof(tmp_path: Path) -> None:
    message = Message(("inuse_objects", "count"), ("inuse_space", "bytes")).period("space", "bytes", 4096)
    message.sample([message.location(("f", "a.go", 1))], 10, 1000)
    (tmp_path / "in").write_bytes(message.encoded())
    before = hf.load(tmp_path / "in")

    written = hf.convert(before, tmp_path / "out.pb.gz")

    after = hf.load(tmp_path / "out.pb.gz").profile().allocations["bytes_error"]
    assert after.tolist() == before.profile().allocations["bytes_error"].tolist()
    assert "column 'bytes_error'" not in written.lost


def test_a_saved_difference_is_not_converted(tmp_path: Path) -> None:
    message = Message(("inuse_space", "bytes"))
    message.sample([message.location(("f", "a.go", 1))], -5)
    (tmp_path / "in").write_bytes(message.encoded())

    with pytest.raises(MissingMoment, match="a difference that pprof saved"):
        hf.convert(hf.load(tmp_path / "in"), tmp_path / "out.folded")

    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_name_that_asks_for_no_format_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"it can end in \.pb\.gz"):
        hf.convert(capture(peak=profile(PEAK)), tmp_path / "run.svg")


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written: No such file"):
        hf.convert(capture(peak=profile(PEAK)), tmp_path / "none" / "run.folded")


names = st.text("abcXYZ_.<>é", max_size=5).map(lambda name: f"f{name}")
plain = st.just("")
frames = st.builds(
    Frame, function=names, file=st.sampled_from(["", "a.py"]), line=st.just(0), module=plain,
    language=st.just("unknown"),
)  # fmt: skip
stacks = st.lists(frames, min_size=1, max_size=4)


@pytest.mark.parametrize("name", ["x.pb.gz", "x.speedscope.json", "x.folded"])
@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(rows=st.lists(st.tuples(stacks, st.integers(1, 2**40), st.integers(1, 99)), min_size=1, max_size=6))
def test_any_profile_keeps_its_paths_and_bytes(
    tmp_path_factory: pytest.TempPathFactory, name: str, rows: list
) -> None:
    builder = ProfileBuilder()
    builder.add([Frame("main"), Frame("start")], bytes=1, blocks=1)
    for stack, size, blocks in rows:
        builder.add(stack, bytes=size, blocks=blocks)
    before = capture(live=builder.build())
    out = tmp_path_factory.mktemp("round") / name

    hf.convert(before, out)

    assert held(hf.load(out).profile(), "function", "file") == held(before.profile(), "function", "file")


def forensics(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from forensics.cli import main; main()"]
    return subprocess.run([*program, *arguments], capture_output=True, text=True, check=False)


def test_the_command_says_what_it_wrote_and_what_not(tmp_path: Path) -> None:
    hf.convert(capture(peak=profile(PEAK)), tmp_path / "in.parquet")

    done = forensics("convert", str(tmp_path / "in.parquet"), str(tmp_path / "out.folded"), "--json")
    again = forensics("convert", str(tmp_path / "in.parquet"), str(tmp_path / "out.folded"))

    document = json.loads(done.stdout)
    assert (document["schema"], document["format"], document["moments"]) == (
        "forensics/convert/1",
        "folded",
        ["peak"],
    )
    assert "column 'blocks'" in document["lost"]
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "is already there; --force overwrites" in again.stderr


go = pytest.mark.skipif(shutil.which("go") is None, reason="needs the go command (Debian: golang-go)")


@go
def test_go_reads_what_is_written_with_the_same_totals(tmp_path: Path) -> None:
    out = tmp_path / "run.pb.gz"
    hf.convert(capture(peak=profile(PEAK), allocated=profile("main > f 900 MiB 20 blocks")), out)

    for index, total in (
        ("inuse_space", "419430405B"),
        ("alloc_space", "943718400B"),
        ("inuse_objects", "15B"),
    ):
        shown = subprocess.run(
            ["go", "tool", "pprof", "-top", "-unit=B", f"-sample_index={index}", str(out)],
            capture_output=True, text=True, check=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        ).stdout  # fmt: skip
        assert f"of {total} total" in shown


def raw(path: Path, home: Path) -> tuple[list[str], list[list[int]], list[str]]:
    """(sample types, values of each sample, lines that hold labels) as go's own parser prints them."""
    shown = subprocess.run(
        ["go", "tool", "pprof", "-raw", str(path)],
        capture_output=True, text=True, check=True, env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
    ).stdout  # fmt: skip
    types, *lines = shown.split("Samples:\n")[1].split("\nLocations\n")[0].splitlines()
    values = [line.rpartition(":")[0].split() for line in lines if line[:12].strip()[:1].isdigit()]
    labels = [line.strip() for line in lines if not line[:12].strip()]
    return types.split(), [[int(value) for value in row] for row in values], labels


@go
@pytest.mark.parametrize(
    ("sample", "types"),
    [
        ("incidents/link_crawler/dumps/before.heap.pb.gz", ["inuse", "alloc"]),
        ("incidents/link_crawler/dumps/before.heap.txt", ["inuse", "alloc"]),
        ("native/jemalloc.heap", ["inuse", "alloc"]),
        ("native/gperftools.heap", ["inuse"]),
        ("tracemalloc/3.13-limit25.tracemalloc", ["inuse"]),
        ("memray_versions/1.20-native.bin", ["inuse", "alloc"]),
    ],
)
def test_go_reads_samples_of_every_kind_with_the_same_totals(
    tmp_path: Path, sample: str, types: list[str]
) -> None:
    before = hf.load(DUMPS / sample)

    written = hf.convert(before, tmp_path / "out.pb.gz")

    names, values, _ = raw(tmp_path / "out.pb.gz", tmp_path)
    totals = dict(
        zip((name.partition("/")[0] for name in names), map(sum, zip(*values, strict=True)), strict=True)
    )
    assert len(totals) == len(names)
    for kind, moment in zip(types, written.moments, strict=True):
        assert (totals[f"{kind}_space"], totals[f"{kind}_objects"]) == before.summaries[moment]


@go
def test_go_reads_labels_and_every_measure_that_is_written(tmp_path: Path) -> None:
    message = Message(("contentions", "count"), ("delay", "nanoseconds"))
    where = message.location(("sync.(*Mutex).Lock", "/go/sync/mutex.go", 1))
    message.sample([where], 3, 9000, labels={"route": "/a", "size": (64, "bytes"), "n": 5})
    message.sample([where], 1, (1 << 62) - 1, labels={"route": "/b"})
    (tmp_path / "in").write_bytes(message.encoded())

    hf.convert(hf.load(tmp_path / "in"), tmp_path / "out.pprof")

    names, values, labels = raw(tmp_path / "out.pprof", tmp_path)
    assert sorted(name.removesuffix("[dflt]") for name in names) == ["contentions/count", "delay/nanoseconds"]
    assert sorted(map(sorted, values)) == [[1, (1 << 62) - 1], [3, 9000]]
    assert labels == ["route:[/a]", "n:[5] size:[64 bytes]", "route:[/b]"]


@go
def test_go_takes_the_sampling_period_that_is_written(tmp_path: Path) -> None:
    message = Message(("inuse_objects", "count"), ("inuse_space", "bytes")).period("space", "bytes", 4096)
    message.sample([message.location(("f", "a.go", 1))], 10, 1000)
    (tmp_path / "in").write_bytes(message.encoded())

    hf.convert(hf.load(tmp_path / "in"), tmp_path / "out.pb.gz")

    shown = subprocess.run(
        ["go", "tool", "pprof", "-raw", str(tmp_path / "out.pb.gz")],
        capture_output=True, text=True, check=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    ).stdout  # fmt: skip
    assert [line for line in shown.splitlines() if line.startswith("Period")] == [
        "PeriodType: space bytes",
        "Period: 4096",
    ]
