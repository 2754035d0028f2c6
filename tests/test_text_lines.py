"""Hostile text: every bomb ends in one line, soon and in little memory."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

import forensics as hf
from tests.written import fault_of, write

HEADS = {
    "go heap": "heap profile: 1: 1 [1: 1] @ heap/1048576\n",
    "go count": "goroutine profile: total 1\n",
    "go goroutines": "goroutine 1 [running]:\n",
    "gperftools": "heap profile: 1: 1 [1: 1] @ heapprofile\n",
    "gperftools map": "heap profile: 1: 1 [1: 1] @ heapprofile\n\nMAPPED_LIBRARIES:\n",
    "jemalloc": "heap_v2/524288\n",
    "java": "--- heapz 1 ---\nformat = java\nresolution = bytes\n",
    "threadz": "--- threadz 1 ---\n",
    "folded": "a;b 1\n" * 20_000,
    "memray csv": "allocator,num_allocations,size,tid,thread_name,stack_trace\n",
    "prometheus": "# TYPE go_goroutines gauge\n",
    "memstats": "Alloc = 1 MB\n",
}

#: Loads a file within 1 GiB of address space beyond what the imports take, and prints the error.
LIMITED = """
import resource, sys
import forensics as hf
import forensics.readers
from forensics.readers import readers
readers()
pages = int(open("/proc/self/statm").read().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (1 << 30),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
try:
    hf.load(sys.argv[1]).profile()
except hf.ForensicsError as error:
    print(type(error).__name__, error)
"""


def error_within_limits(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout


@pytest.mark.parametrize("fill", ["x", "9", " ", ";", "0x1 "])
@pytest.mark.parametrize("head", HEADS)
def test_a_line_of_many_megabytes_is_refused(tmp_path: Path, head: str, fill: str) -> None:
    path = write(tmp_path, HEADS[head] + fill * (8_000_000 // len(fill)))
    with pytest.raises(hf.BadDump, match="is longer than 1048576 bytes"):
        hf.load(path)


@pytest.mark.parametrize("fill", ["x", "9", " ", ";", ":", "|", "a;", "0x1 ", " (", '"', "1:"])
@pytest.mark.parametrize("head", HEADS)
def test_a_line_just_within_the_limit_takes_no_time(tmp_path: Path, head: str, fill: str) -> None:
    """No pattern may take more than linear time: each of these ends, whatever it ends in."""
    path = write(tmp_path, HEADS[head] + fill * (1_000_000 // len(fill)) + "\n")
    fault = fault_of(path)
    assert len(fault) < 400
    assert "\n" not in fault


def test_a_gigabyte_in_one_line_is_refused_within_its_limits(tmp_path: Path) -> None:
    head, member = gzip.compress(HEADS["go heap"].encode()), gzip.compress(b"1" * (1 << 24))
    path = write(tmp_path, head + member * 64)
    assert error_within_limits(path).startswith("TooLarge")


@pytest.mark.parametrize("unit", ["[],", "{},", "1,"])
def test_json_that_takes_far_more_memory_parsed_is_refused(tmp_path: Path, unit: str) -> None:
    repeated = unit * (60_000_000 // len(unit))
    text = f'{{"$schema": "https://www.speedscope.app/file-format-schema.json", "profiles": [{repeated}0]}}'
    said = error_within_limits(write(tmp_path, text))
    assert said.startswith(("TooLarge", "BadDump"))
    assert said.count("\n") == 1


def test_many_opened_frames_are_refused_before_their_stacks_are_built(tmp_path: Path) -> None:
    opened = ",".join(f'{{"type":"O","frame":0,"at":{at}}}' for at in range(20_000))
    text = (
        '{"$schema": "speedscope", "shared": {"frames": [{"name": "f"}]}, "profiles": '
        f'[{{"type": "evented", "unit": "none", "startValue": 0, "endValue": 20000, "events": [{opened}]}}]}}'
    )
    with pytest.raises(hf.BadDump, match="has stacks of more than 20000000 frames together"):
        hf.load(write(tmp_path, text))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_end_in_either_way_and_may_start_with_a_byte_order_mark(tmp_path: Path, mark: str) -> None:
    text = f"{mark}goroutine profile: total 2\r\n2 @ 0x10\r\n"
    assert hf.load(write(tmp_path, text)).profile().allocations["goroutines"].sum() == 2
