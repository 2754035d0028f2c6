"""jemalloc heap_v2: estimates by thread that add up to jeprof's, the map, partial text."""

from __future__ import annotations

from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

import forensics as hf
from forensics.readers.jemalloc_heap import _share
from tests.written import load_text, stacks

SAMPLES = Path(__file__).parent.parent / "sample_dumps" / "native"

DUMP = """\
heap_v2/524288
  t*: 5: 3145728 [0: 0]
  t0: 3: 2097152 [0: 0] main
  t7: 2: 1048576 [0: 0]
@ 0x401001 0x402001
  t*: 4: 2097152 [0: 0]
  t0: 2: 1048576 [0: 0]
  t7: 2: 1048576 [0: 0]
@ 0x403001
  t*: 1: 1048576 [0: 0]
  t0: 1: 1048576 [0: 0]

MAPPED_LIBRARIES:
00400000-00500000 r-xp 00000000 fe:00 77     /opt/app/server
"""


def test_values_are_scaled_as_jeprof_does(tmp_path: Path) -> None:
    # 4 of 512 KiB: 1/(1-exp(-1)) = 1.5819767; 1 of 1 MiB: 1/(1-exp(-2)) = 1.1565176
    capture = load_text(tmp_path, DUMP)
    assert stacks(capture.profile()) == {
        "server+0x2000 > server+0x1000": 3317645,
        "server+0x3000": 1212696,
    }
    assert capture.moments == ("live",)


def test_threads_share_the_estimate_of_their_path(tmp_path: Path) -> None:
    allocations = load_text(tmp_path, DUMP).profile().allocations
    assert allocations[["thread", "bytes", "blocks"]].values.tolist() == [
        ["main", 1658822, 3],
        ["t7", 1658823, 3],
        ["main", 1212696, 1],
    ]
    assert (allocations["bytes_error"] > 0).all()


def test_accumulated_counts_are_the_moment_allocated(tmp_path: Path) -> None:
    capture = load_text(tmp_path, DUMP.replace("[0: 0]", "[9: 9437184]"))
    assert capture.moments == ("live", "allocated")
    assert capture.profile("allocated").total_bytes > capture.profile("live").total_bytes


def test_a_path_without_threads_is_kept(tmp_path: Path) -> None:
    text = "heap_v2/1\n  t*: 2: 64 [0: 0]\n@ 0x10\n  t*: 2: 64 [0: 0]\n\nMAPPED_LIBRARIES:\n"
    profile = load_text(tmp_path, text).profile()
    assert profile.allocations[["thread", "bytes", "blocks"]].values.tolist() == [["", 64, 2]]
    assert "bytes_error" not in profile.allocations


def test_a_text_without_its_map_is_cut(tmp_path: Path) -> None:
    capture = load_text(tmp_path, DUMP[: DUMP.index("@ 0x403001")])
    assert capture.health.detail == "the memory map at its end is missing"
    assert stacks(capture.profile()) == {"0x402000 > 0x401000": 3317645}


@pytest.mark.parametrize(
    ("counts", "fault"),
    [
        ("t*: -1: 5 [0: 0]", "line 6 holds a negative count"),
        ("t*: 0: 5 [0: 0]", "line 6 counts bytes in no block"),
        ("t*: 99999999999999999999: 5 [0: 0]", "line 6 holds a count beyond 2**63"),
        ("t*: 9000000000000000000: 9000000000000000000 [0: 0]", "impossible at a sampling rate"),
        ("hello", "line 6 is neither a stack nor a count"),
    ],
)
def test_impossible_counts_are_refused(tmp_path: Path, counts: str, fault: str) -> None:
    with pytest.raises(hf.BadDump) as error:
        load_text(tmp_path, DUMP.replace("t*: 4: 2097152 [0: 0]", counts)).profile()
    assert fault in str(error.value)


def test_the_real_dump_estimates_what_the_program_kept() -> None:
    capture = hf.load(SAMPLES / "jemalloc.heap")
    held = (
        capture.profile("live").allocations.groupby("thread", observed=True)[["blocks", "blocks_error"]].sum()
    )
    # the program keeps 2,000 blocks from each of two threads
    for thread in ("t0", "t1"):
        assert abs(held.loc[thread, "blocks"] - 2000) < 3 * held.loc[thread, "blocks_error"]
    assert capture.complete


@given(whole=st.integers(0, 2**60), weights=st.lists(st.integers(0, 2**40), min_size=1, max_size=20))
def test_shares_add_up_to_the_whole(whole: int, weights: list[int]) -> None:
    shares = _share(whole, np.array(weights, dtype=np.int64))
    assert int(shares.sum()) == (whole if sum(weights) else 0)
    assert (shares >= 0).all()
