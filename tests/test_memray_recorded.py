"""Programs recorded by memray here and now: killed, threaded and native ones."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import forensics as hf
from forensics.errors import UnknownFormat, UnreadableFile
from forensics.readers.memray_capture.tiny import MAIN, TRAILER, Addresses, code, header, push, switch, varint
from tests.recorded import record
from tests.recorded import run as run_forensics
from tests.test_memray_capture import event_sizes, python_stacks, without_padding

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or importlib.util.find_spec("memray") is None, reason="memray records on Linux"
)

#: Allocates in two threads until it is killed, and says when it has begun.
UNTIL_KILLED = """
import mmap
import threading

def keep(level, size):
    return [bytearray(size)] if level == 0 else [*keep(level - 1, size), None]

def work(seed):
    held = {}
    for turn in range(10**9):
        held[turn % 97] = keep(turn % 11, 600 + turn * seed % 5000)
        if turn % 50 == 0:
            held["map"] = mmap.mmap(-1, 1 << 16)

threading.Thread(target=work, args=(7,), name="second", daemon=True).start()
print("begun", flush=True)
work(3)
"""
FRAME = ["function", "file", "line", "language"]
PYTHON_FREES = (5, 13)  # of memray.AllocatorType: FREE, PYMALLOC_FREE
MUNMAP = 15


def memray_stacks(records: Iterable[Any]) -> dict[str, list[int]]:
    """Bytes and blocks by Python stack, outermost first, as `python_stacks` writes them."""
    size: Counter[str] = Counter()
    blocks: Counter[str] = Counter()
    for found in records:
        frames = reversed(found.stack_trace())
        stack = ";".join(f"{function} {file}:{line}" for function, file, line in frames)
        size[stack] += found.size
        blocks[stack] += found.n_allocations
    return {stack: [size[stack], blocks[stack]] for stack in size}


def killed_capture(folder: Path, after_seconds: float) -> Path:
    """The capture of a process that got SIGKILL so long after it began to allocate."""
    (folder / "program.py").write_text(UNTIL_KILLED)
    command = [sys.executable, "-m", "memray", "run", "-q", "-o", "killed.bin", "program.py"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(after_seconds)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    return folder / "killed.bin"


def recovers_what_memray_recovers(padded: Path) -> None:
    from memray import FileReader

    path = without_padding(padded)
    capture = hf.load(path)
    found = event_sizes(capture)
    assert event_sizes(hf.load(padded))[: len(found)] == found
    assert capture.health.state == "killed"
    with FileReader(path) as reader:
        allocations = [found for found in reader.get_allocation_records() if found.allocator != MUNMAP]
    taken = [found for found in allocations if found.allocator not in PYTHON_FREES]
    assert capture.summaries["allocated"] == (sum(found.size for found in taken), len(taken))
    for moment, records in (
        ("peak", FileReader.get_high_watermark_allocation_records),
        ("end", FileReader.get_leaked_allocation_records),
    ):
        with FileReader(path) as reader:
            expected = memray_stacks(records(reader, merge_threads=True))
        assert python_stacks(capture.profile(moment)) == expected
        assert capture.summaries[moment].bytes == sum(size for size, _ in expected.values())


@pytest.mark.parametrize("after_seconds", [0.0, 0.3])
def test_a_killed_process_loses_no_record_that_memray_finds(tmp_path: Path, after_seconds: float) -> None:
    recovers_what_memray_recovers(killed_capture(tmp_path, after_seconds))


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(20))
def test_twenty_processes_killed_at_any_time_lose_nothing(tmp_path: Path, turn: int) -> None:
    recovers_what_memray_recovers(killed_capture(tmp_path, random.Random(turn).uniform(0, 0.6)))


def test_the_stack_of_every_thread_at_the_peak_is_known(tmp_path: Path) -> None:
    """One thread waits in a function that has allocated, the other reaches the peak."""
    record(
        tmp_path,
        """
        import threading

        ready, done = threading.Event(), threading.Event()

        def waits():
            mine = bytearray(1 << 20)
            ready.set()
            done.wait()

        def reaches():
            def innermost():
                return bytearray(64 << 20)
            innermost()

        other = threading.Thread(target=waits, name="waiting")
        other.start()
        ready.wait()
        reaches()
        done.set()
        other.join()
        """,
    )
    capture = hf.load(tmp_path / "out.bin")
    functions = capture.profile("peak").frames["function"]
    stacks = capture.extras["thread_stacks_at_peak"]
    assert isinstance(stacks, dict)
    assert [functions[frame] for frame in stacks["MainThread"]] == ["<module>", "reaches", "innermost"]
    waiting = [functions[frame] for frame in stacks["waiting"]]
    assert waiting == ["_bootstrap", "_bootstrap_inner", "run", "waits", "wait", "wait"]
    assert set(capture.profile("allocated").allocations["thread"]) == {"MainThread", "waiting"}


@pytest.mark.skipif(shutil.which("addr2line") is None, reason="symbols are resolved with binutils")
def test_native_frames_have_the_names_that_the_recorder_wrote_down(tmp_path: Path) -> None:
    record(
        tmp_path,
        """
        import zlib
        def grow():
            return [zlib.compressobj() for _ in range(5)]
        held = grow()
        """,
        "--native",
    )
    all_named = hf.load(tmp_path / "out.bin").profile("peak").frames
    named = all_named[all_named["language"] == "native"]
    assert "_PyEval_EvalFrameDefault" in set(named["function"])
    without_place = ~named["function"].str.contains(r"\+0x", regex=True)
    assert without_place.mean() > 0.9
    (tmp_path / "out.bin.sidecar.json").unlink()
    bare = hf.load(tmp_path / "out.bin").profile("peak").frames
    bare = bare[bare["language"] == "native"]
    assert len(bare)
    assert bare["function"].str.contains(r"\+0x", regex=True).all()
    asked = hf.symbolise_native(tmp_path / "out.bin").profile("peak").frames
    assert asked[FRAME].equals(all_named[FRAME])


def test_only_regular_files_that_a_capture_names_are_opened(tmp_path: Path) -> None:
    """A pipe would be waited for, a device read without end; a relative path is nobody's."""
    pipe = tmp_path / "libpipe.so"
    os.mkfifo(pipe)
    for file in (str(pipe), "/dev/zero", "libc.so.6", "/nonexistent"):
        loaded = b"\x06" + b"\x07" + file.encode() + b"\0\x01" + bytes(8) + b"\x08" + bytes(8) + varint(4096)
        content = header(native=True) + switch(MAIN) + loaded + b"\x05" + varint(128) + varint(0)
        content += b"\xfe" + varint(2) + varint(2) + varint(64)
        path = tmp_path / "capture.bin"
        path.write_bytes(content + TRAILER)
        frames = hf.symbolise_native(path).profile("end").frames
        assert frames["function"].tolist() == [f"{file.rpartition('/')[2]}+0x40"]


def test_a_dump_that_is_no_memray_capture_has_no_native_frames_to_name(tmp_path: Path) -> None:
    (tmp_path / "stacks.txt").write_text("main;work 100\n")
    with pytest.raises(UnknownFormat, match="is no memray capture"):
        hf.symbolise_native(tmp_path / "stacks.txt")


def test_a_capture_that_frees_what_it_never_saw_says_that_it_was_attached(tmp_path: Path) -> None:
    at = Addresses()
    content = header() + switch(MAIN) + code(1, "main", "/app/main.py", table=b"\x80\x00") + push(1)
    content += b"".join(at.record(5, 4096 * turn) for turn in range(1, 31))
    content += b"".join(at.record(6, 4096 * turn, 10) for turn in range(1, 31))
    path = tmp_path / "attached.bin"
    path.write_bytes(content + TRAILER)
    capture = hf.load(path)
    assert capture.extras["unknown_frees"] == 30
    assert capture.summaries["peak"] == (300, 30)
    assert "recording began in mid-life (attach): sums and the peak are relative to its start" in (
        capture.profile("peak").origin.notes
    )
    assert capture.events().relative


def test_an_aggregated_capture_of_a_killed_process_says_what_to_do_next_time(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    command = [sys.executable, "-m", "memray", "run", "-q", "--aggregate", "-o", "sums.bin", "program.py"]
    subprocess.run(command, cwd=tmp_path, check=False)
    assert (tmp_path / "sums.bin").stat().st_size == 0
    with pytest.raises(UnreadableFile, match="record without --aggregate next time"):
        hf.load(tmp_path / "sums.bin")
    shown = run_forensics(tmp_path, "info", "sums.bin")
    assert len(shown.stderr.splitlines()) == 1
    assert "is empty" in shown.stderr
