"""memray captures of every version: the same stacks, bytes and blocks as memray's own reader gives."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import lz4.frame
import numpy as np
import pytest

import forensics as hf
from forensics.readers.memray_capture.events import KEPT_EVENTS, kept
from forensics.readers.memray_capture.tiny import MAIN, TRAILER, Addresses, code, header, pop, push, switch

CAPTURES = Path(__file__).parent.parent / "sample_dumps" / "memray_versions"
#: What memray of that version says: {name: {moment: {stack: [bytes, blocks]}, "peak_memory": bytes}}.
RECORDED = {
    name: expected
    for told in sorted(CAPTURES.glob("*-memray.json"))
    for name, expected in json.loads(told.read_text()).items()
}


def python_stacks(profile: hf.Profile) -> dict[str, list[int]]:
    """Bytes and blocks by Python stack, outermost first, in the notation of the recorded files."""
    frames = profile.frames
    text = [
        f"{function} {file}:{line}" if language == "python" else ""
        for function, file, line, language in zip(
            frames["function"], frames["file"], frames["line"], frames["language"], strict=True
        )
    ]
    size: Counter[str] = Counter()
    blocks: Counter[str] = Counter()
    parents, frame_ids = profile.callsites["parent_id"].to_numpy(), profile.callsites["frame_id"].to_numpy()
    table = profile.allocations
    for callsite, held, count in zip(table["callsite_id"], table["bytes"], table["blocks"], strict=True):
        path = []
        while callsite != -1:
            path.append(text[frame_ids[callsite]])
            callsite = parents[callsite]
        stack = ";".join(frame for frame in reversed(path) if frame)
        size[stack] += held
        blocks[stack] += count
    return {stack: [size[stack], blocks[stack]] for stack in size}


def event_sizes(capture: hf.Capture) -> list[int]:
    return [size for chunk in capture.events() for size in chunk.bytes.tolist()]


def without_padding(path: Path) -> Path:
    """A copy without the zero bytes at the end, which memray's reader leaves out.

    With them it loses the last record where that ends in a zero byte (source.cpp, findReadableSize).
    """
    copy = path.with_suffix(".unpadded")
    copy.write_bytes(path.read_bytes().rstrip(b"\0"))
    return copy


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("moment", ["peak", "end"])
def test_stacks_bytes_and_blocks_are_those_of_the_recorders_own_reader(name: str, moment: str) -> None:
    capture = hf.load(CAPTURES / name)
    assert python_stacks(capture.profile(moment)) == RECORDED[name][moment]


@pytest.mark.parametrize("name", RECORDED)
def test_the_peak_is_the_recorders_to_the_byte(name: str) -> None:
    assert hf.load(CAPTURES / name).summaries["peak"].bytes == RECORDED[name]["peak_memory"]


@pytest.mark.parametrize("version", ["1.18", "1.19", "1.20"])
@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("whole", "whole"),
        ("python", "whole"),
        ("aggregated", "whole"),
        ("native", "whole"),
        ("fork", "whole"),
        ("fork-child", "killed"),
        ("killed", "killed"),
        ("cut", "cut"),
    ],
)
def test_how_a_capture_ended_is_told(version: str, kind: str, state: str) -> None:
    capture = hf.load(CAPTURES / f"{version}-{kind}.bin")
    assert capture.health.state == state
    assert capture.origin.complete == (state == "whole")
    assert capture.origin.producer.startswith("memray ")


@pytest.mark.parametrize("name", [name for name in RECORDED if "aggregated" not in name])
def test_events_add_up_to_the_end_and_reach_the_peak_where_they_say(name: str) -> None:
    capture = hf.load(CAPTURES / name)
    sizes = np.concatenate([chunk.bytes for chunk in capture.events()])
    running = np.cumsum(sizes)
    assert running[-1] == capture.summaries["end"].bytes
    assert running.max() == capture.summaries["peak"].bytes
    highest = capture.extras["peak_sequence"]
    assert isinstance(highest, int)
    assert running[highest] == running.max()
    assert len(sizes) == capture.events().count


@pytest.mark.parametrize("name", [name for name in RECORDED if "aggregated" not in name])
def test_events_by_callsite_add_up_to_the_profile_at_the_end(name: str) -> None:
    capture = hf.load(CAPTURES / name)
    profile = capture.profile("end")
    by_callsite = np.zeros(len(profile.callsites), np.int64)
    for chunk in capture.events():
        np.add.at(by_callsite, chunk.callsite_id, chunk.bytes)
    assert (by_callsite == profile.own("bytes")).all()


def test_all_moments_share_one_tree() -> None:
    capture = hf.load(CAPTURES / "1.20-whole.bin")
    first, *others = (capture.profile(moment) for moment in ("peak", "end", "allocated"))
    for other in others:
        assert first.callsites.equals(other.callsites)
        assert first.frames.equals(other.frames)


def test_arenas_are_told_apart_from_other_mappings() -> None:
    table = hf.load(CAPTURES / "1.20-whole.bin").profile("peak").allocations
    mapped = table[table["allocator"] == "mmap"]
    assert mapped["arena_bytes"].sum() > 0
    assert (table.loc[table["allocator"] != "mmap", "arena_bytes"] == 0).all()


def test_threads_have_their_names() -> None:
    threads = set(hf.load(CAPTURES / "1.20-python.bin").profile("allocated").allocations["thread"])
    assert {"MainThread", "worker-0", "worker-1"} <= threads


def test_modules_follow_from_paths() -> None:
    frames = hf.load(CAPTURES / "1.20-python.bin").profile("peak").frames
    modules = dict(zip(frames["file"], frames["module"], strict=True))
    assert modules["/opt/python311/lib/python3.11/threading.py"] == "threading"


def loaded(folder: Path, content: bytes) -> hf.Capture:
    path = folder / "capture.bin"
    path.write_bytes(content)
    return hf.load(path)


START = header() + switch(MAIN) + code(1, "main", "/app/main.py", table=b"\x80\x00") + push(1)


def test_a_munmap_takes_ends_middles_and_several_mappings(tmp_path: Path) -> None:
    at = Addresses()
    content = START + at.record(14, 0x10000, 0x4000) + at.record(14, 0x20000, 0x4000)
    content += at.record(15, 0x10000, 0x1000)  # the head of the first
    content += at.record(15, 0x12000, 0x1000)  # a hole: the first is two now
    content += at.record(15, 0x13000, 0xE000)  # the rest of it and the head of the second
    capture = loaded(tmp_path, content + pop() + TRAILER)
    sizes = [size for chunk in capture.events() for size in chunk.bytes.tolist()]
    blocks = [count for chunk in capture.events() for count in chunk.blocks.tolist()]
    assert sorted(sizes) == sorted([0x4000, 0x4000, -0x1000, -0x1000, -0x1000, -0x1000])
    assert sum(blocks) == capture.summaries["end"].blocks == 2
    assert capture.summaries["end"].bytes == 0x4000


def test_a_free_of_an_unknown_address_is_counted_and_changes_nothing(tmp_path: Path) -> None:
    at = Addresses()
    capture = loaded(tmp_path, START + at.record(6, 4096, 10) + at.record(5, 8192) + TRAILER)
    assert capture.summaries["end"] == (10, 1)
    assert capture.extras["unknown_frees"] == 1


def test_a_block_freed_before_the_second_next_allocation_is_temporary(tmp_path: Path) -> None:
    at = Addresses()
    content = START + at.record(6, 4096, 10) + at.record(6, 8192, 20) + at.record(5, 4096)
    content += at.record(6, 12288, 30) + at.record(6, 16384, 40) + at.record(5, 8192)
    table = loaded(tmp_path, content + TRAILER).profile("allocated").allocations
    assert table["temporary_bytes"].sum() == 10
    assert table["temporary_blocks"].sum() == 1


def test_a_block_larger_than_a_live_slot_can_say_is_freed_whole(tmp_path: Path) -> None:
    at = Addresses()
    content = START + at.record(6, 4096, 100 << 30) + at.record(6, 8192, 5) + at.record(5, 4096)
    capture = loaded(tmp_path, content + TRAILER)
    assert capture.summaries["peak"].bytes == (100 << 30) + 5
    assert capture.summaries["end"] == (5, 1)


def test_an_allocation_without_frames_hangs_on_no_stack(tmp_path: Path) -> None:
    content = header() + switch(7) + Addresses().record(6, 4096, 10) + TRAILER
    profile = loaded(tmp_path, content).profile("end")
    assert profile.frames["function"].tolist() == ["(no stack)"]
    assert profile.allocations["thread"].tolist() == ["thread 0x7"]


def killed_content() -> bytes:
    at = Addresses()
    return header() + switch(MAIN) + code(1, "main", "/app/main.py") + push(1) + at.record(6, 4096, 300)


@pytest.mark.parametrize("wrapped", [bytes, lz4.frame.compress, gzip.compress], ids=["raw", "lz4", "gzip"])
def test_zero_bytes_to_the_end_are_the_padding_of_a_killed_process(tmp_path, wrapped):
    path = tmp_path / "killed.bin"
    path.write_bytes(wrapped(killed_content() + bytes(9 << 20)))
    capture = hf.load(path)
    assert capture.health.state == "killed"
    assert capture.profile("end").total_bytes == 300


def test_zero_bytes_in_the_middle_are_damage_where_they_begin(tmp_path):
    path = tmp_path / "hole.bin"
    path.write_bytes(killed_content() + bytes(9 << 20) + pop() + TRAILER)
    capture = hf.load(path)
    assert capture.health.state == "damaged"
    assert capture.health.offset == len(killed_content())
    assert capture.profile("end").total_bytes == 300


def test_the_events_of_a_short_stream_are_decoded_once_and_cannot_be_changed():
    capture = hf.load(CAPTURES / "1.20-whole.bin")
    first, again = list(capture.events()), list(capture.events())
    assert [id(chunk) for chunk in first] == [id(chunk) for chunk in again]
    with pytest.raises(ValueError, match="read-only"):
        first[0].bytes[0] = 0


def test_a_long_stream_is_decoded_at_each_pass():
    capture = hf.load(CAPTURES / "1.20-whole.bin")
    passes: list[int] = []

    def chunks():
        passes.append(1)
        return iter(capture.events())

    again = kept(chunks, KEPT_EVENTS + 1)
    assert sum(len(chunk.bytes) for chunk in again()) == sum(len(chunk.bytes) for chunk in again()) > 0
    assert len(passes) == 2
