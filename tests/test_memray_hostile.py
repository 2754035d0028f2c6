"""Broken and hostile memray captures: one clear error or a marked partial capture, never more."""

from __future__ import annotations

import os
import random
import struct
import time
from pathlib import Path

import lz4.frame
import pytest

import forensics as hf
from forensics.errors import BadDump, ForensicsError, TooLarge, UnsupportedVersion
from forensics.readers.memray_capture.stream import Ending, pieces
from forensics.readers.memray_capture.tiny import (
    MAIN,
    TRAILER,
    Addresses,
    code,
    header,
    memory,
    pop,
    push,
    switch,
    tiny_captures,
    varint,
)
from forensics.readers.source import Source

SEED = 20261122


def written(folder: Path, content: bytes) -> Path:
    path = folder / "capture.bin"
    path.write_bytes(content)
    return path


def opened(folder: Path, content: bytes) -> hf.Capture:
    """Loaded with every profile built and every event read."""
    capture = hf.load(written(folder, content))
    for moment in capture.moments:
        capture.profile(moment)
    if capture.event_stream is not None:
        for _ in capture.events():
            pass
    return capture


def small_capture() -> bytes:
    """A main thread that allocates 300 blocks in three functions and frees two thirds."""
    at = Addresses()
    content = header() + switch(MAIN)
    for number in (1, 2, 3):
        content += code(number, f"function_{number}", f"/app/file_{number}.py", table=b"\x80\x02\x81\x03")
    for block in range(300):
        content += push(block % 3 + 1, 2 * (block % 4)) + at.record(6, 0x1000 + 64 * block, 1 + block) + pop()
        if block % 3:
            content += at.record(5, 0x1000 + 64 * block)
        if block % 50 == 0:
            content += memory((1 << 20) + block, block)
    return content + TRAILER


def test_a_frame_pop_on_an_empty_stack_is_damage_at_its_offset(tmp_path: Path) -> None:
    capture = opened(tmp_path, header() + switch(MAIN) + pop())
    assert capture.health.state == "damaged"
    assert capture.health.offset == len(header() + switch(MAIN))
    assert not capture.origin.complete


def test_an_unknown_record_keeps_what_came_before(tmp_path: Path) -> None:
    at = Addresses()
    content = header() + switch(MAIN) + at.record(6, 4096, 77) + b"\x0b"
    capture = opened(tmp_path, content)
    assert capture.health.state == "damaged"
    assert capture.summaries["end"] == (77, 1)


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (b"\x40" + b"\xff" * 12, "64 bits"),
        (b"\x80" + b"\x63", "allocator"),
        (b"\xfe" + b"\x02" + b"\xff" * 8 + b"\x7f", "address space"),
        (b"\x0e" + varint(1) + b"f\0f\0" + varint(0) + varint(3 << 30), ""),
    ],
)
def test_a_record_that_cannot_be_is_named(tmp_path: Path, record: bytes, what: str) -> None:
    capture = opened(tmp_path, header() + switch(MAIN) + record + bytes(70) + b"\x01")
    assert not capture.complete
    assert what in capture.health.detail


def test_an_allocation_before_any_thread_is_damage(tmp_path: Path) -> None:
    capture = opened(tmp_path, header() + Addresses().record(6, 4096, 1) + TRAILER)
    assert capture.health.state == "damaged"


def test_a_text_without_end_is_a_marked_partial_capture(tmp_path: Path) -> None:
    capture = opened(tmp_path, header() + switch(MAIN) + b"\x0a" + b"x" * 1_000_000)
    assert not capture.complete


def test_a_native_frame_that_names_itself_or_a_later_one_ends_the_stack(tmp_path: Path) -> None:
    cycle = b"\x05" + varint(2) + varint(4) + b"\x05" + varint(2) + varint(1)
    content = (
        header(native=True) + switch(MAIN) + cycle + b"\xfe" + varint(2) + varint(2) + varint(64) + TRAILER
    )
    capture = opened(tmp_path, content)
    assert capture.summaries["end"] == (64, 1)


def test_aggregated_call_paths_that_refer_forwards_are_damage(tmp_path: Path) -> None:
    capture = opened(tmp_path, header(aggregated=True) + b"\x03" + varint(0) + varint(5))
    assert capture.health.state == "damaged"


def test_a_header_of_another_version_names_it_and_the_remedy(tmp_path: Path) -> None:
    path = written(tmp_path, b"memray\0" + struct.pack("<i", 9) + b"x" * 100)
    with pytest.raises(UnsupportedVersion, match=r"1\.4–1\.6"):
        hf.load(path)


@pytest.mark.parametrize("length", range(7, len(header()), 5))
def test_a_file_that_ends_in_its_header_is_refused(tmp_path: Path, length: int) -> None:
    with pytest.raises(BadDump):
        hf.load(written(tmp_path, header()[:length]))


def bomb(size: int) -> bytes:
    """A frame of ``size`` valid frees, 250 times smaller than that."""
    content = header() + switch(MAIN) + Addresses().record(5, 4096) + b"\x85" * size
    return lz4.frame.compress(content, block_size=lz4.frame.BLOCKSIZE_MAX64KB)


def test_an_lz4_bomb_stops_at_its_limit(tmp_path: Path) -> None:
    path = written(tmp_path, bomb(32 << 20))
    with pytest.raises(TooLarge, match="expands beyond 16777216 bytes"):
        hf.load(path, max_expansion_bytes=16 << 20)


def test_a_frame_that_expands_to_more_than_its_size_explains_stops_by_itself(tmp_path: Path) -> None:
    """Only decompressed, since to decode so much takes a while."""
    found = pieces(Source(written(tmp_path, bomb(320 << 20))), Ending())
    decompressed: list[int] = []
    with pytest.raises(TooLarge, match="expands beyond 268435456 bytes"):
        decompressed.extend(map(len, found))
    assert 240 << 20 < sum(decompressed) <= 256 << 20


def test_zero_padding_is_not_decoded(tmp_path: Path) -> None:
    path = written(tmp_path, small_capture()[:-1])
    expected = hf.load(path).summaries
    os.truncate(path, 128 << 20)
    padded = hf.load(path)
    assert padded.health.state == "killed"
    assert padded.summaries == expected


def test_a_last_record_that_ends_in_zero_bytes_is_no_padding(tmp_path: Path) -> None:
    """A size of 0 is written as a zero byte, like the padding after it."""
    content = header() + switch(MAIN) + Addresses().record(6, 4096, 0)
    capture = hf.load(written(tmp_path, content + bytes(100)))
    assert capture.summaries["end"] == (0, 1)


def test_a_process_killed_before_its_first_record_is_an_empty_history(tmp_path: Path) -> None:
    capture = opened(tmp_path, header() + bytes(100))
    assert capture.health.state == "killed"
    assert capture.summaries["end"] == (0, 0)


def test_zero_bytes_between_records_are_damage(tmp_path: Path) -> None:
    content = header() + switch(MAIN) + Addresses().record(6, 4096, 7)
    capture = opened(tmp_path, content + bytes(10) + switch(MAIN) + bytes(100))
    assert capture.health.offset == len(content)
    assert capture.summaries["end"] == (7, 1)


def test_gigabytes_of_zero_padding_are_stepped_over(tmp_path: Path) -> None:
    content = small_capture()[:-1]
    path = written(tmp_path, content)
    os.truncate(path, 64 << 30)
    started = time.process_time()
    *read, padding = pieces(Source(path), Ending())
    assert b"".join(read) == content.rstrip(b"\0")
    assert padding == bytes(4096)
    assert time.process_time() - started < 1


def test_twenty_thousand_threads_are_kept_apart(tmp_path: Path) -> None:
    at = Addresses()
    content = header() + b"".join(
        switch(thread) + at.record(6, 64 * thread, 1) for thread in range(1, 20_001)
    )
    capture = opened(tmp_path, content + TRAILER)
    assert capture.summaries["end"] == (20_000, 20_000)
    assert capture.profile("end").allocations["thread"].nunique() == 20_000


def test_more_threads_than_a_process_has_are_damage(tmp_path: Path) -> None:
    content = header() + b"".join(switch(thread) for thread in range(2, (1 << 17) + 3))
    capture = hf.load(written(tmp_path, content))
    assert capture.health.state == "damaged"
    assert capture.health.detail.endswith("more than 131072 threads")


def test_a_deep_stack_with_many_leaves_shares_what_is_common(tmp_path: Path) -> None:
    at = Addresses()
    content = header() + switch(MAIN) + b"".join(push(1, 2 * level) for level in range(5_000))
    for leaf in range(5_000):
        content += push(2, 2 * leaf) + at.record(6, 64 * (leaf + 1), 1) + pop()
    capture = hf.load(written(tmp_path, content + TRAILER))
    assert capture.summaries["end"] == (5_000, 5_000)


@pytest.mark.parametrize("number", range(3))
def test_every_cut_is_marked_or_refused(tmp_path: Path, number: int) -> None:
    content = list(tiny_captures())[number]
    for length in range(8, len(content) - 1):
        cut = content[:length]
        try:
            capture = opened(tmp_path, cut)
        except BadDump:
            continue
        assert not capture.complete, length


def test_a_cut_capture_gives_the_exact_prefix_of_events(tmp_path: Path) -> None:
    whole = small_capture()
    every = [size for chunk in hf.load(written(tmp_path, whole)).events() for size in chunk.bytes.tolist()]
    for percent in range(1, 100):
        part = whole[: max(len(header()) + 1, len(whole) * percent // 100)]
        cut = hf.load(written(tmp_path, part))
        seen = [size for chunk in cut.events() for size in chunk.bytes.tolist()]
        assert seen == every[: len(seen)]
        assert not cut.complete


@pytest.mark.parametrize("compressed", [False, True])
def test_flipped_bytes_never_crash_hang_or_leak_a_traceback(tmp_path: Path, compressed: bool) -> None:
    chance = random.Random(SEED)
    bases = [small_capture(), *tiny_captures()]
    for _ in range(300):
        content = bytearray(chance.choice(bases))
        if compressed:
            content = bytearray(lz4.frame.compress(bytes(content)))
        for _ in range(chance.choice((1, 1, 4))):
            content[chance.randrange(7, len(content))] = chance.randrange(256)
        try:
            opened(tmp_path, bytes(content))
        except ForensicsError:
            continue


def test_two_hundred_random_cuts_of_a_compressed_capture(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    content = lz4.frame.compress(small_capture())
    for _ in range(200):
        length = chance.randrange(20, len(content) - 5)
        try:
            assert not opened(tmp_path, content[:length]).complete
        except BadDump:
            continue
