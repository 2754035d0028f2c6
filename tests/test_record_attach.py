"""Attaching to a process that runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

import pytest

import forensics as hf
from tests.recorded import GROWING, OTHER_PYTHONS, run, script, sidecar

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="samples come from /proc")
CAN_ATTACH = hasattr(sys, "remote_exec") or shutil.which("lldb") is not None


@pytest.mark.slow
@pytest.mark.skipif(not CAN_ATTACH, reason="needs lldb, or Python 3.14")
def test_an_attached_recording_holds_what_was_allocated_while_it_lasted(tmp_path):
    text = GROWING.replace("0.001", "0.05")
    program = subprocess.Popen([sys.executable, script(tmp_path, text).name], cwd=tmp_path)
    try:
        time.sleep(0.5)
        done = run(tmp_path, "record", "--pid", program.pid, "--for", "2s", "-o", "out.bin")
        assert program.poll() is None
    finally:
        program.kill()
        program.wait()
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("forensics: attached: what was allocated before is not in the capture")
    capture = hf.load(tmp_path / "out.bin")
    assert capture.summaries["peak"].bytes > 5 << 20
    assert len(sidecar(tmp_path)["samples"]["time_ns"]) > 10


def test_a_process_that_is_not_there_is_one_line(tmp_path):
    done = run(tmp_path, "record", "--pid", "4194304", "--for", "1s", "-o", "out.bin")
    assert (done.returncode, done.stderr) == (2, "forensics: 4194304: there is no such process\n")


@pytest.mark.skipif(not CAN_ATTACH, reason="needs lldb, or Python 3.14")
def test_a_process_that_is_no_python_is_one_line_and_lives_on(tmp_path):
    other = subprocess.Popen(["sleep", "60"])
    try:
        done = run(tmp_path, "record", "--pid", other.pid, "--for", "1s", "-o", "out.bin")
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
    assert done.returncode == 3
    assert done.stderr.startswith(f"forensics: {other.pid}: memray could not attach: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_attaching_takes_no_command_and_no_limit(tmp_path):
    done = run(tmp_path, "record", "--pid", "1", "--limit", "1GiB")
    assert (done.returncode, done.stderr) == (
        2,
        "forensics: --pid attaches to a running process: it takes neither a command nor --limit\n",
    )


@pytest.mark.parametrize("python", OTHER_PYTHONS, ids=str)
def test_a_python_without_memray_is_one_line_at_once_and_lives_on(tmp_path, python):
    other = subprocess.Popen([python, "-c", "import time; time.sleep(60)"])
    try:
        time.sleep(0.5)
        done = run(tmp_path, "record", "--pid", other.pid, "--for", "1s", "-o", "out.bin")
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
    assert done.returncode == 3
    assert done.stderr.startswith(f"forensics: {other.pid}: memray cannot be imported by {python} (")
    assert done.stderr.endswith(f"; install it there: {python} -m pip install memray\n")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
