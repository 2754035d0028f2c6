"""Go heap text: symbols, unsampled values with their error, MemStats, partial and hostile text."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import forensics as hf
from tests.written import load_text, stacks, write

SAMPLES = Path(__file__).parent.parent / "sample_dumps" / "incidents" / "link_crawler" / "dumps"

#: Two buckets of one stack (blocks of 1 MiB and 512 bytes), one that was freed.
HEAP = """\
heap profile: 3: 2097664 [7: 2101760] @ heap/1048576
2: 2097152 [2: 2097152] @ 0x46e1c6 0x46d0ae
#\t0x46e1c5\tbytes.growSlice+0x85\t\t\t/usr/lib/go/src/bytes/buffer.go:240
#\t0x46d0ad\tgopkg.in/cache%2ev2.(*Store).set+0x2d\t/srv/app/cache/store.go:31

1: 512 [1: 512] @ 0x46e1c6 0x46d0ae
#\t0x46e1c5\tbytes.growSlice+0x85\t\t\t/usr/lib/go/src/bytes/buffer.go:240
#\t0x46d0ad\tgopkg.in/cache%2ev2.(*Store).set+0x2d\t/srv/app/cache/store.go:31

0: 0 [4: 4096] @ 0x46f000
#\t0x46efff\tmain.parse[...]+0x1f\t/srv/app/main.go:12


# runtime.MemStats
# Alloc = 3145728
# TotalAlloc = 9000000
# Sys = 20000000
# HeapAlloc = 3145728
# Stack = 360448 / 393216
# LastGC = 1751966754000000000
# PauseNs = [1000 0]
# NumGC = 7
# DebugGC = false
# MaxRSS = 25165824
"""
PATH = "gopkg.in/cache%2ev2.(*Store).set > bytes.growSlice"


def test_values_are_scaled_by_the_mean_size_of_each_bucket(tmp_path: Path) -> None:
    live = load_text(tmp_path, HEAP).profile("live")
    # 2 MiB at 1 MiB a block: 1/(1-exp(-2)) = 1.15651764; 512 bytes: 1/(1-exp(-512/524288)) = 1024.50008
    assert stacks(live) == {PATH: 2425393 + 524544}
    assert stacks(live, "blocks") == {PATH: 2 + 1024}


def test_a_sampled_profile_carries_one_standard_error(tmp_path: Path) -> None:
    live = load_text(tmp_path, HEAP).profile("live")
    # sqrt(N (1-p) / p) blocks of each size, in quadrature: N=2, p=0.864665; N=1024, p=0.000976086
    assert live.allocations["blocks_error"].tolist() == pytest.approx([1023.75], abs=0.01)
    assert live.allocations["bytes_error"].tolist() == pytest.approx([786_721], abs=1)


def test_the_header_holds_twice_the_sampling_rate(tmp_path: Path) -> None:
    assert load_text(tmp_path, HEAP).origin.sampling_rate == 524288


def test_freed_buckets_are_in_allocated_alone(tmp_path: Path) -> None:
    capture = load_text(tmp_path, HEAP)
    assert capture.moments == ("live", "allocated")
    assert list(stacks(capture.profile("allocated"))) == [PATH, "main.parse[...]"]


def test_symbols_come_from_the_comment_lines_outermost_first(tmp_path: Path) -> None:
    live = load_text(tmp_path, HEAP).profile("live")
    assert live.stack(live.allocations["callsite_id"][0]).values.tolist() == [
        ["gopkg.in/cache%2ev2.(*Store).set", "/srv/app/cache/store.go", 31, "gopkg.in/cache.v2", "go"],
        ["bytes.growSlice", "/usr/lib/go/src/bytes/buffer.go", 240, "bytes", "go"],
    ]


def test_memstats_keep_their_go_names(tmp_path: Path) -> None:
    statistics = load_text(tmp_path, HEAP).extras["memstats"]
    assert statistics["HeapAlloc"] == 3145728
    assert (statistics["StackInuse"], statistics["StackSys"]) == (360448, 393216)
    assert statistics["PauseNs"] == "[1000 0]"


def test_memstats_are_a_timeline_of_one_row(tmp_path: Path) -> None:
    capture = load_text(tmp_path, HEAP)
    row = capture.timeline.iloc[0]
    assert str(row["time"]) == "2025-07-08 09:25:54+00:00"
    assert (row["heap_bytes"], row["rss_bytes"], row["stack_bytes"]) == (3145728, 25165824, 360448)
    assert capture.peak_rss_bytes == 25165824


def test_a_bucket_without_symbols_keeps_the_address_of_the_call(tmp_path: Path) -> None:
    text = "heap profile: 1: 8388608 [1: 8388608] @ heap/2\n1: 8388608 [1: 8388608] @ 0x46e1c6 0x46d0ae\n"
    assert stacks(load_text(tmp_path, text).profile()) == {"0x46d0ad > 0x46e1c5": 8388608}


def test_a_bucket_without_a_stack_hangs_on_no_stack(tmp_path: Path) -> None:
    text = "heap profile: 1: 288 [1: 288] @ heap/2\n1: 288 [1: 288] @\n"
    assert stacks(load_text(tmp_path, text).profile()) == {"(no stack)": 288}


def test_a_rate_of_one_needs_no_scaling_and_has_no_error(tmp_path: Path) -> None:
    profile = load_text(tmp_path, HEAP.replace("heap/1048576", "heap/2")).profile("live")
    assert profile.total_bytes == 2097664
    assert profile.origin.sampling_rate is None
    assert "bytes_error" not in profile.allocations


@pytest.mark.parametrize("kept", [0.2, 0.4, 0.6, 0.8, 0.95])
@pytest.mark.parametrize("run", ["before", "after"])
def test_a_real_dump_cut_anywhere_is_marked_and_never_larger(tmp_path: Path, run: str, kept: float) -> None:
    text = (SAMPLES / f"{run}.heap.txt").read_bytes()
    whole = hf.load(SAMPLES / f"{run}.heap.txt")
    capture = load_text(tmp_path, text[: int(len(text) * kept)])
    assert whole.complete
    assert not capture.complete
    assert capture.health.state == "cut"
    assert stacks(capture.profile("allocated")).items() <= stacks(whole.profile("allocated")).items() or (
        capture.profile("allocated").total_bytes < whole.profile("allocated").total_bytes
    )


def test_a_text_without_its_counters_is_cut(tmp_path: Path) -> None:
    capture = load_text(tmp_path, HEAP.partition("\n\n# runtime")[0] + "\n\n")
    assert capture.health.detail == "the counters at its end are missing"


def test_a_bucket_whose_symbols_are_cut_off_is_left_out(tmp_path: Path) -> None:
    cut = HEAP[: HEAP.index("#\t0x46d0ad")]
    capture = load_text(tmp_path, cut)
    assert capture.profile("live").total_bytes == 0
    assert capture.health.detail == "its buckets hold 0 of the 2097664 live bytes of its header"


def test_a_cut_gzip_stream_gives_what_it_held(tmp_path: Path) -> None:
    packed = gzip.compress((SAMPLES / "before.heap.txt").read_bytes())
    capture = load_text(tmp_path, packed[: len(packed) // 2])
    assert "ends early" in capture.health.detail
    assert capture.profile("live").total_bytes > 0


@pytest.mark.parametrize(
    ("bucket", "fault"),
    [
        ("9223372036854775808: 1 [1: 1] @ 0x1", "line 2 holds a count beyond 2**63"),
        ("1: -5 [1: 1] @ 0x1", "line 2 holds a negative count"),
        ("0: 5 [0: 5] @ 0x1", "line 2 counts bytes in no block"),
        ("1: 1 [1: 1] @ 0x11111111111111111", "line 2 is neither a bucket nor a symbol"),
        ("1: 1 [1: 1] @ 0x1\0", "line 2 holds a NUL byte"),
        ("9000000000000000000: 9000000000000000000 [1: 1] @ 0x1", "impossible at a sampling rate of 524288"),
    ],
)
def test_impossible_numbers_are_refused_by_line(tmp_path: Path, bucket: str, fault: str) -> None:
    path = write(tmp_path, f"heap profile: 1: 1 [1: 1] @ heap/1048576\n{bucket}\n\n")
    with pytest.raises(hf.BadDump, match="dump: ") as error:
        hf.load(path)
    assert fault in str(error.value)


def test_counts_that_only_add_up_beyond_the_range_are_refused(tmp_path: Path) -> None:
    bucket = f"1: {2**62} [1: {2**62}] @ 0x1\n"
    path = write(tmp_path, f"heap profile: 1: 1 [1: 1] @ heap/2\n{bucket * 2}")
    with pytest.raises(hf.BadDump, match=r"add up to more than 2\*\*63"):
        hf.load(path)


def test_a_name_that_is_no_utf8_stays_readable(tmp_path: Path) -> None:
    capture = load_text(tmp_path, HEAP.encode().replace(b"growSlice", b"gr\xf6wSlice"))
    assert r"gopkg.in/cache%2ev2.(*Store).set > bytes.gr\xf6wSlice" in stacks(capture.profile())


def test_the_real_dump_names_the_cache_in_the_middle_of_the_stack() -> None:
    capture = hf.load(SAMPLES / "before.heap.txt")
    live = capture.profile("live")
    path = live.stack(int(live.own().argmax()))["function"].tolist()
    assert path[-1] == "bytes.growSlice"
    assert path[7] == "example.com/linkcrawler/pagecache.(*Transport).RoundTrip"
    assert live.own().max() > 0.95 * live.total_bytes
    assert capture.extras["memstats"]["HeapAlloc"] == pytest.approx(live.total_bytes, rel=0.1)
