"""Broken and hostile memray captures: one clear error or a marked partial capture, never more."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import lz4.frame
import pytest

import forensics as hf
from forensics.errors import BadDump, ForensicsError, TooLarge, UnsupportedVersion
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


def test_an_lz4_bomb_stops_at_its_limit(tmp_path: Path) -> None:
    """A frame of 1.3 MB that would expand to 320 MB of valid frees."""
    content = header() + switch(MAIN) + Addresses().record(5, 4096) + b"\x85" * (320 << 20)
    path = written(tmp_path, lz4.frame.compress(content, block_size=lz4.frame.BLOCKSIZE_MAX64KB))
    with pytest.raises(TooLarge, match="expands beyond"):
        hf.load(path)


def test_gigabytes_of_zero_padding_are_stepped_over(tmp_path: Path) -> None:
    path = written(tmp_path, small_capture()[:-1])
    with path.open("r+b") as file:
        file.truncate(2 << 30)
    started = time.monotonic()
    capture = hf.load(path)
    assert capture.health.state == "killed"
    assert time.monotonic() - started < 20


def test_a_hundred_thousand_threads_are_kept_apart_and_more_are_refused(tmp_path: Path) -> None:
    at = Addresses()
    content = header() + b"".join(
        switch(thread) + at.record(6, 64 * thread, 1) for thread in range(1, 20_001)
    )
    capture = opened(tmp_path, content + TRAILER)
    assert capture.summaries["end"] == (20_000, 20_000)
    assert capture.profile("end").allocations["thread"].nunique() == 20_000


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
    for _ in range(600):
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
