"""A memory limit: the kill is real, the capture whole up to it, and the side-car says so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import forensics as hf
from forensics.live.cgroups import memory_hierarchy
from tests.recorded import GROWING, record, run, sidecar

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits need Linux")
LIMIT = 256 << 20


def check_killed_at_limit(folder: Path, *options: str) -> str:
    """Record a program that grows until it is killed; returns what enforced the limit."""
    done = record(folder, GROWING, "--limit", "256MiB", "--force", *options)
    assert done.returncode == 137, done.stderr
    capture = hf.load(folder / "out.bin")
    assert capture.health.state == "killed"
    assert capture.summaries["end"].bytes > 0.8 * LIMIT
    told = capture.sidecar
    assert told.oom_killed is True
    assert (told.exit_status, told.exit_signal) == (None, "SIGKILL")
    assert told.limit_bytes == LIMIT
    assert told.samples["rss_bytes"].iloc[-1] == pytest.approx(LIMIT, rel=0.05)
    assert list(folder.glob("*.recording")) == []
    return told.limit_by


def test_the_watchdog_kills_at_the_limit(tmp_path):
    assert check_killed_at_limit(tmp_path, "--limit-by", "watchdog") == "watchdog"


def test_the_limit_is_a_cgroup_where_one_can_be_made(tmp_path):
    assert check_killed_at_limit(tmp_path) in ("cgroup v1", "cgroup v2", "watchdog")


@pytest.mark.slow
@pytest.mark.parametrize("_time", range(20))
def test_twenty_times(tmp_path, _time):
    check_killed_at_limit(tmp_path)


def test_a_program_that_stays_below_its_limit_is_left_alone(tmp_path):
    text = "import time\nheld = bytearray(60 << 20)\ntime.sleep(0.3)\n"
    for by in ("auto", "watchdog"):
        done = record(tmp_path, text, "--limit", "200MiB", "--limit-by", by, "--force")
        assert (done.returncode, done.stderr) == (0, "")
        assert sidecar(tmp_path)["exit"]["oom_killed"] is False


def test_the_limit_is_that_of_the_whole_family_and_its_largest_process_is_killed(tmp_path):
    text = """
    import os, time
    child = os.fork()
    if child == 0:
        held = []
        while True:
            held.append(bytearray(1 << 20))
            time.sleep(0.001)
    _, status = os.waitpid(child, 0)
    print("child ended by signal", os.WTERMSIG(status))
    """
    done = record(tmp_path, text, "--limit", "150MiB", "--limit-by", "watchdog")
    assert (done.stdout, done.returncode) == ("child ended by signal 9\n", 0)
    assert sidecar(tmp_path)["exit"]["oom_kills"] == 1


def test_a_limit_that_is_no_size_is_wrong_usage(tmp_path):
    done = run(tmp_path, "record", "--limit", "much", "--", "true")
    assert (done.returncode, done.stderr) == (
        2,
        "forensics: 'much' is no size; write it like 512MiB, 1GiB or 1048576\n",
    )


def written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_version_two_takes_the_nearest_group_that_hands_memory_down(tmp_path):
    mount = tmp_path / "fs"
    written(tmp_path / "proc/cgroup", "0::/user.slice/session.scope\n")
    written(
        tmp_path / "proc/mountinfo",
        f"30 20 0:26 / {mount} rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
    )
    written(mount / "cgroup.subtree_control", "cpu memory\n")
    written(mount / "memory.current", "1\n")
    written(mount / "user.slice/cgroup.subtree_control", "memory pids\n")
    written(mount / "user.slice/memory.max", "1073741824\n")
    written(mount / "user.slice/session.scope/cgroup.subtree_control", "\n")
    written(mount / "user.slice/session.scope/memory.max", "max\n")
    written(mount / "user.slice/session.scope/memory.current", "5\n")
    hierarchy = memory_hierarchy(proc=tmp_path / "proc")
    assert hierarchy.name == "cgroup v2"
    assert hierarchy.effective_limit() == 1 << 30
    made = hierarchy.child("made", limit_bytes=1 << 20, pid=77)
    assert made == mount / "user.slice/made"
    read = {path.name: path.read_text() for path in made.iterdir()}
    assert read == {"memory.max": "1048576", "memory.swap.max": "0", "cgroup.procs": "77"}


def test_version_one_and_a_container_see_their_own_limit(tmp_path):
    mount = tmp_path / "fs/memory"
    written(tmp_path / "proc/cgroup", "5:cpu:/docker/abc\n4:memory:/docker/abc\n0::/\n")
    written(tmp_path / "proc/mountinfo", f"31 20 0:27 /docker/abc {mount} ro - cgroup cgroup ro,memory\n")
    written(mount / "memory.limit_in_bytes", "536870912\n")
    written(mount / "memory.usage_in_bytes", "1\n")
    written(mount / "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n")
    hierarchy = memory_hierarchy(proc=tmp_path / "proc")
    assert (hierarchy.name, hierarchy.own, hierarchy.effective_limit()) == ("cgroup v1", mount, 512 << 20)
    assert hierarchy.oom_kills(mount) == 2
