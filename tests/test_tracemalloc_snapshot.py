"""tracemalloc snapshots: every trace in its place, whatever pickle protocol; nothing in them runs."""

from __future__ import annotations

import os
import pickle
import random
import struct
import tracemalloc
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forensics.capture import Capture
from forensics.errors import BadDump, ForensicsError, TooLarge
from forensics.profile import Profile
from forensics.readers import load
from forensics.readers.tracemalloc_snapshot.tables import SMALLEST

TRACES = [
    (0, 100, (("inner.py", 3), ("outer.py", 9)), 2),
    (0, 20, (("inner.py", 3), ("outer.py", 9)), 2),
    (7, 5, (("outer.py", 9),), 30),
    (0, 1, (), 0),
]


def dumped(path: Path, traces: list[tuple], protocol: int = 5) -> Path:
    """A file as ``tracemalloc.Snapshot.dump`` writes it."""
    path.write_bytes(pickle.dumps(tracemalloc.Snapshot(traces, 25), protocol))
    return path


def held(profile: Profile) -> Counter:
    """Bytes and blocks by path (outermost first) and allocator."""
    found: Counter = Counter()
    for row in profile.allocations.itertuples():
        stack = profile.stack(row.callsite_id)
        path = tuple(zip(stack["file"], stack["line"], strict=True))
        found[path, row.allocator, "bytes"] += row.bytes
        found[path, row.allocator, "blocks"] += row.blocks
    return found


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_traces_become_paths_outermost_first(tmp_path: Path, protocol: int) -> None:
    capture = load(dumped(tmp_path / "snapshot", TRACES, protocol))

    profile = capture.profile("live")
    assert capture.moments == ("live",)
    assert capture.summaries["live"] == (126, 4)
    assert capture.origin.producer == f"tracemalloc (pickle protocol {protocol})"
    assert held(profile) == {
        ((("outer.py", 9), ("inner.py", 3)), "domain 0", "bytes"): 120,
        ((("outer.py", 9), ("inner.py", 3)), "domain 0", "blocks"): 2,
        ((("outer.py", 9),), "domain 7", "bytes"): 5,
        ((("outer.py", 9),), "domain 7", "blocks"): 1,
        ((("", 0),), "domain 0", "bytes"): 1,
        ((("", 0),), "domain 0", "blocks"): 1,
    }
    assert "(no stack)" in set(profile.frames["function"])


def test_a_snapshot_of_this_process_agrees_with_the_standard_library(tmp_path: Path) -> None:
    tracemalloc.start(12)
    kept = [bytearray(50 + n) for n in range(300)]
    snapshot = tracemalloc.take_snapshot()
    tracemalloc.stop()
    snapshot.dump(str(tmp_path / "snapshot"))

    profile = load(tmp_path / "snapshot").profile()

    wanted: Counter = Counter()
    for trace in snapshot.traces:
        path = tuple((frame.filename, frame.lineno) for frame in trace.traceback)
        wanted[path, f"domain {trace.domain}", "bytes"] += trace.size
        wanted[path, f"domain {trace.domain}", "blocks"] += 1
    assert held(profile) == wanted
    assert profile.total_blocks == len(snapshot.traces) >= len(kept)
    assert set(profile.frames["language"]) == {"python"}


def test_three_part_traces_of_python_before_3_9_are_read(tmp_path: Path) -> None:
    capture = load(dumped(tmp_path / "snapshot", [trace[:3] for trace in TRACES]))

    assert capture.summaries["live"] == (126, 4)
    assert capture.extras["cut_traces"] == 0


def test_stacks_that_the_frame_limit_cut_are_counted_and_noted(tmp_path: Path) -> None:
    capture = load(dumped(tmp_path / "snapshot", TRACES))

    assert capture.extras == {"traceback_limit": 25, "cut_traces": 1, "traces": 4, "domains": [0, 7]}
    assert "at most 25 frames of a stack: 1 of 4 traces" in capture.origin.notes[0]


def test_equal_file_names_that_are_separate_texts_are_one_frame(tmp_path: Path) -> None:
    first, second = "".join(["<str", "ing>"]), "".join(["<", "string>"])
    capture = load(dumped(tmp_path / "snapshot", [(0, 1, ((first, 1),), 1), (0, 2, ((second, 1),), 1)]))

    profile = capture.profile()
    assert (len(profile.frames), len(profile.callsites), profile.total_bytes) == (1, 1, 3)


def test_names_that_are_no_utf_8_stay_readable(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    capture = load(dumped(tmp_path / "snapshot", [(0, 1, ((name, 1),), 1)]))

    assert list(capture.profile().frames["file"]) == [r"caf\xed\xb3\xa9.py"]


def test_an_empty_snapshot_is_whole_and_empty(tmp_path: Path) -> None:
    capture = load(dumped(tmp_path / "snapshot", []))

    assert capture.complete
    assert capture.summaries["live"] == (0, 0)
    assert len(capture.profile().callsites) == 0


def test_a_cut_snapshot_gives_the_traces_that_are_whole_and_says_so(tmp_path: Path) -> None:
    traces = [(0, n, ((f"file{n % 50}.py", n), ("main.py", 1)), 2) for n in range(5000)]
    path = dumped(tmp_path / "snapshot", traces)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    capture = load(path)

    count = capture.summaries["live"].blocks
    assert 2000 < count < 3000
    assert capture.summaries["live"].bytes == sum(range(count))
    assert (capture.complete, capture.health.state) == (False, "cut")
    assert capture.profile().origin.missing == f"the pickle ends early: the first {count} traces are whole"


@pytest.mark.parametrize("cut", range(60, len(SMALLEST)))
def test_no_cut_is_taken_for_a_whole_snapshot(tmp_path: Path, cut: int) -> None:
    (tmp_path / "snapshot").write_bytes(SMALLEST[:cut])
    try:
        assert not load(tmp_path / "snapshot").complete
    except BadDump as error:
        assert "ends before its first trace" in str(error)  # noqa: PT017 - both ends are right


trace = st.tuples(
    st.integers(0, 3),
    st.integers(0, 2**40),
    st.lists(st.tuples(st.sampled_from(["a.py", "b.py", "é.py"]), st.integers(0, 2**20)), max_size=5).map(
        tuple
    ),
    st.integers(0, 9),
)


@settings(max_examples=40, deadline=None)
@given(traces=st.lists(trace, max_size=30), protocol=st.integers(2, 5))
def test_any_traces_keep_their_sums(tmp_path_factory, traces: list[tuple], protocol: int) -> None:
    capture = load(dumped(tmp_path_factory.mktemp("any") / "snapshot", traces, protocol))

    wanted: Counter = Counter()
    for domain, size, frames, _ in traces:
        wanted[frames[::-1] or (("", 0),), f"domain {domain}", "bytes"] += size
        wanted[frames[::-1] or (("", 0),), f"domain {domain}", "blocks"] += 1
    assert held(capture.profile()) == wanted


class Shell:
    def __reduce__(self):
        return os.system, ("touch ran",)


class Eval:
    def __reduce__(self):
        return eval, ("open('ran', 'w')",)


class Chain:
    def __reduce__(self):
        return getattr, (Shell, "__init_subclass__")


class Nested:
    def __reduce__(self):
        return map, (os.system, Shell())


def attacks() -> dict[str, bytes]:
    """Pickles that look like a snapshot and run something when they are unpickled."""
    unpickled = {kind.__name__: pickle.dumps(kind(), 4)[2:] for kind in (Shell, Eval, Chain, Nested)}
    name = b"\x8c\x0btracemalloc\x8c\x08Snapshot"
    return {
        **{kind: b"\x80\x04" + name + body for kind, body in unpickled.items()},
        "global text": b"\x80\x02ctracemalloc\nSnapshot\ncos\nsystem\n(X\x09\x00\x00\x00touch rantR.",
        "dotted name": b"\x80\x04\x8c\x0btracemalloc\x8c\x12Snapshot.os.system\x93.",
        "dotted module member": b"\x80\x04"
        + name
        + b"\x8c\x0btracemalloc\x8c\x09os.system\x93\x8c\x09touch ran\x85R.",
        "class method": b"\x80\x04" + name + b"\x8c\x0btracemalloc\x8c\x0dSnapshot.load\x93.",
        "reduce of the right class": SMALLEST.replace(b")\x81", b")R", 1),
        "persistent id": b"\x80\x04" + name + b"\x8c\x01xQ.",
        "text persistent id": b"\x80\x02ctracemalloc\nSnapshot\nPx\n.",
        "extension registry": b"\x80\x04" + name + b"\x82\x01.",
        "instance": b"\x80\x02ctracemalloc\nSnapshot\n(ios\nsystem\n.",
        "object": b"\x80\x04" + name + b"\x93(\x8c\x02os\x8c\x06system\x93\x8c\x09touch rano.",
        "new object with arguments": SMALLEST.replace(b")\x81", b"K\x01\x85\x81", 1),
        "keyword arguments": SMALLEST.replace(b")\x81", b")}\x92", 1),
        "build on the class": b"\x80\x04" + name + b"\x93}\x8c\x04load\x8c\x01xsb.",
        "buffer out of band": b"\x80\x05" + name + b"\x97.",
    }


@pytest.mark.parametrize("attack", attacks())
def test_no_pickle_code_ever_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attack: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "attack").write_bytes(attacks()[attack])

    with pytest.raises(BadDump, match=r"holds .* at byte \d+; do not unpickle it"):
        load(tmp_path / "attack")

    assert [path.name for path in tmp_path.iterdir()] == ["attack"]


def bombs() -> dict[str, bytes]:
    """Small files that claim or grow to much."""
    name = b"\x80\x04\x8c\x0btracemalloc\x94\x8c\x08Snapshot\x94"
    doubling = b"".join(b"h" + bytes([n]) * 1 + b"h" + bytes([n]) + b"\x86\x94" for n in range(2, 250))
    return {
        "memo of nothing": name + b"r" + struct.pack("<I", 0xFFFFFFFF) + b".",
        "memo far away": name + b"K\x01r" + struct.pack("<I", 0x7FFFFFFF) + b".",
        "huge text": name + b"\x8d" + struct.pack("<Q", 1 << 62) + b"a",
        "huge text of 32 bits": name + b"X" + struct.pack("<I", 0xFFFFFFFF) + b"a",
        "huge bytes": name + b"\x8e" + struct.pack("<Q", 1 << 62) + b"a",
        "huge number": name + b"\x8b" + struct.pack("<i", 0x7FFFFFFF) + b"a",
        "number of 255 bytes": name + b"\x8a\xff" + b"\x7f" * 255 + b".",
        "doubling tuples": name + b"K\x01K\x01\x86\x94" + doubling + b".",
        "deep marks": name + b"(" * 2_000_000,
        "deep tuples": name + b")" + b"\x85" * 1_000_000,
        "deep lists": name + b"]" * 1_000_000,
        "stack of numbers": name + b"K\x01" * 1_000_000,
        "pop": name + b"0" * 10,
        "sizes beyond 2**63": pickle.dumps(tracemalloc.Snapshot([(0, (1 << 58) - 1, (), 0)] * 64, 1)),
        "size of 2**63": pickle.dumps(tracemalloc.Snapshot([(0, 1 << 63, (), 0)], 1)),
        "negative size": pickle.dumps(tracemalloc.Snapshot([(0, -1, (), 0)], 1)),
        "negative line": pickle.dumps(tracemalloc.Snapshot([(0, 1, (("a", -1),), 1)], 1)),
        "line of 2**31": pickle.dumps(tracemalloc.Snapshot([(0, 1, (("a", 1 << 31),), 1)], 1)),
        "dict in a trace": pickle.dumps(tracemalloc.Snapshot([(0, 1, {}, 1)], 1)),
        "float size": pickle.dumps(tracemalloc.Snapshot([(0, 1.5, (), 1)], 1)),
        "another kind of state": pickle.dumps(tracemalloc.Snapshot("many", 1)),
    }


@pytest.mark.parametrize("bomb", bombs())
def test_a_bomb_ends_in_one_line(tmp_path: Path, bomb: str) -> None:
    (tmp_path / "bomb").write_bytes(bombs()[bomb])

    with pytest.raises(BadDump) as caught:
        load(tmp_path / "bomb")

    assert "\n" not in str(caught.value)


def test_many_memo_entries_stay_in_proportion_to_the_file(tmp_path: Path) -> None:
    head = b"\x80\x04\x8c\x0btracemalloc\x94\x8c\x08Snapshot\x94"
    (tmp_path / "bomb").write_bytes(head + b"K\x01" + b"\x94" * 90_000_000)

    with pytest.raises(TooLarge, match="needs tables of more than"):
        load(tmp_path / "bomb")


def test_a_trace_that_is_listed_twice_is_refused(tmp_path: Path) -> None:
    same = TRACES[0]

    with pytest.raises(BadDump, match="holds a value that no snapshot has"):
        load(dumped(tmp_path / "snapshot", [same, same]))


def test_a_cut_snapshot_with_stray_traces_is_read_to_its_end(tmp_path: Path) -> None:
    trace = b"(K\x00K\x03\x8c\x01a\x94K\x01\x86\x94\x85\x94K\x01t"
    listed = SMALLEST.index(b"(K\x00")
    swallowed = b"}" + (b"\x8c\x01b" + trace + b"s") * 5000  # values of a mapping, not items of the list
    (tmp_path / "snapshot").write_bytes(SMALLEST[:listed] + swallowed)

    capture = load(tmp_path / "snapshot")

    assert (capture.health.state, capture.summaries["live"]) == ("cut", (15_000, 5_000))


def test_any_damage_is_one_line_or_a_capture_that_adds_up(tmp_path: Path) -> None:
    traces = [(n % 2, n, ((f"f{n % 7}.py", n % 5), ("main.py", 1)), 3) for n in range(200)]
    whole = dumped(tmp_path / "snapshot", traces).read_bytes()
    chance = random.Random(5)
    opened = 0
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(chance.choice((1, 2, 8))):
            broken[chance.randrange(2, len(broken))] = chance.randrange(256)
        (tmp_path / "snapshot").write_bytes(broken)
        capture = opening(tmp_path / "snapshot")
        if capture is not None:
            opened += 1
            assert capture.profile().total_bytes == capture.summaries["live"].bytes
            assert np.all(capture.profile().total()[capture.profile().callsites["parent_id"] < 0] >= 0)
    assert opened > 50


def opening(path: Path) -> Capture | None:
    try:
        return load(path)
    except ForensicsError:
        return None
