"""Recording a command: what it keeps of the command's behaviour, and what it writes."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import forensics as hf
from tests.recorded import GROWING, HOLDER, record, run, script, sidecar, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="samples come from /proc")


def wait_for(path: Path, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.02)


def stacks_of(capture: hf.Capture, *, over: int) -> set[str]:
    """The stacks at the peak that hold more than this many bytes, outermost first."""
    profile = capture.profile("peak")
    own = profile.own()
    return {" > ".join(profile.stack(int(callsite))["function"]) for callsite in (own > over).nonzero()[0]}


def test_a_recorded_command_keeps_its_arguments_output_and_exit_status(tmp_path):
    program = script(tmp_path, "import sys; print(sys.argv[1:], __name__); sys.exit(7)")
    done = run(tmp_path, "record", "-o", "out.bin", "--", sys.executable, program.name, "a b", "--json")
    assert done.stdout == "['a b', '--json'] __main__\n"
    assert done.returncode == 7
    assert sidecar(tmp_path)["exit"]["status"] == 7


def test_stacks_begin_at_the_program_and_not_in_the_recorder(tmp_path):
    assert record(tmp_path, HOLDER).returncode == 0
    capture = hf.load(tmp_path / "out.bin")
    assert stacks_of(capture, over=40 << 20) == {"<module> > grow"}
    assert capture.health.state == "whole"


def test_the_sidecar_says_which_python_ran_what_and_samples_it_to_its_end(tmp_path):
    record(tmp_path, HOLDER + "import time; time.sleep(0.6); import lz4\n")
    capture = hf.load(tmp_path / "out.bin")
    told = capture.sidecar
    assert told is not None
    assert told.language == "python " + ".".join(map(str, sys.version_info[:3]))
    assert told.command.endswith("program.py")
    assert "lz4" in told.packages
    assert told.samples["rss_bytes"].max() > 50 << 20
    assert (told.samples["pss_bytes"].iloc[2:-1] > 0).all()
    assert capture.peak_rss_bytes >= told.samples["rss_bytes"].max()


def test_a_module_and_a_script_with_a_python_shebang_are_recorded_too(tmp_path):
    script(tmp_path, HOLDER, name="application.py")
    module = run(tmp_path, "record", "-o", "m.bin", "--", sys.executable, "-m", "application")
    assert module.stdout == "[] __main__\n"
    console = script(tmp_path, f"#!{sys.executable}\n" + HOLDER, name="serve")
    console.chmod(console.stat().st_mode | stat.S_IXUSR)
    assert run(tmp_path, "record", "-o", "c.bin", "--", "./serve", "x").stdout == "['x'] __main__\n"
    for name in ("m.bin", "c.bin"):
        stacks = stacks_of(hf.load(tmp_path / name), over=40 << 20)
        assert len(stacks) == 1
        assert stacks.pop().endswith("<module> > grow")


def test_the_environment_of_the_program_is_what_it_would_have_been(tmp_path):
    text = "import os, sys; print(sorted(os.environ)); print(sys.path[1:])"
    plain = subprocess.run(
        [sys.executable, script(tmp_path, text).name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=dict(os.environ),
    )
    assert record(tmp_path, text).stdout == plain.stdout


def test_a_sitecustomize_of_the_environment_still_runs(tmp_path):
    extra = tmp_path / "extra"
    extra.mkdir()
    script(extra, "import os; os.environ['CUSTOMISED'] = 'yes'", name="sitecustomize.py")
    done = record(tmp_path, "import os; print(os.environ['CUSTOMISED'])", PYTHONPATH=str(extra))
    assert done.stdout == "yes\n"
    assert done.stderr == ""


def test_a_command_that_is_no_python_gets_a_sidecar_alone(tmp_path):
    done = run(tmp_path, "record", "-o", "out.bin", "--", "sleep", "0.5")
    assert done.returncode == 0
    assert done.stderr == (
        "forensics: no Python started that could be recorded (python -I, -E, -S cannot): side-car only\n"
    )
    assert not (tmp_path / "out.bin").exists()
    assert max(sidecar(tmp_path)["samples"]["rss_bytes"]) > 0


def test_the_default_name_is_the_script_and_its_pid(tmp_path):
    program = script(tmp_path, "import os; print(os.getpid())", name="serve.py")
    done = run(tmp_path, "record", "--", sys.executable, program.name)
    assert (tmp_path / f"serve.{done.stdout.strip()}.bin").exists()


def test_forked_children_are_recorded_each_in_its_own_file(tmp_path):
    text = """
    import os
    child = os.fork()
    if child == 0:
        held = bytearray(30 << 20)
        raise SystemExit(0)
    os.waitpid(child, 0)
    print(child)
    """
    child = record(tmp_path, text, "--follow-fork").stdout.strip()
    assert hf.load(tmp_path / f"out.bin.{child}").summaries["peak"].bytes > 30 << 20
    assert hf.load(tmp_path / "out.bin").summaries["peak"].bytes < 30 << 20


def test_sigterm_and_sigint_sent_to_the_recorder_reach_the_program(tmp_path):
    text = """
    import pathlib, signal, sys, time
    def stop(number, frame):
        print("stopped by", signal.Signals(number).name)
        sys.exit(3)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    pathlib.Path("up").touch()
    time.sleep(60)
    """
    for sent in (signal.SIGTERM, signal.SIGINT):
        (tmp_path / "up").unlink(missing_ok=True)
        program = script(tmp_path, text)
        process = start(tmp_path, "record", "--force", "-o", "out.bin", "--", sys.executable, program.name)
        wait_for(tmp_path / "up")
        process.send_signal(sent)
        out, said = process.communicate(timeout=60)
        assert (out, said, process.returncode) == (f"stopped by {sent.name}\n", "", 3)
    assert hf.load(tmp_path / "out.bin").complete


def test_a_program_ended_by_a_signal_gives_the_shells_exit_status(tmp_path):
    done = record(tmp_path, "import os; os.kill(os.getpid(), 9)")
    assert done.returncode == 128 + 9
    end = sidecar(tmp_path)["exit"]
    assert (end["status"], end["signal"]) == (None, "SIGKILL")
    assert end["oom_killed"] is not True


def test_native_symbols_are_resolved_at_the_end(tmp_path):
    record(tmp_path, HOLDER, "--native")
    symbols = hf.load(tmp_path / "out.bin").sidecar.symbols
    assert any(function == "PyByteArray_Resize" for function, _, _ in symbols.values())
    assert all("+0x" in place for place in symbols)


def test_an_aggregated_recording_says_what_it_cannot_tell(tmp_path):
    done = record(tmp_path, HOLDER, "--aggregate")
    said = "aggregated: no replay, and no record at all if the process is killed"
    assert done.stderr == f"forensics: {said}\n"
    assert sidecar(tmp_path)["notes"] == [said]
    assert hf.load(tmp_path / "out.bin").summaries["peak"].bytes > 50 << 20


def test_commit_and_dirty_flag_come_from_the_repository_around_the_program(tmp_path):
    def git(*arguments: str) -> str:
        identity = ["-c", "user.name=n", "-c", "user.email=e@example.org"]
        done = subprocess.run(["git", *identity, *arguments], cwd=tmp_path, capture_output=True, text=True)
        return done.stdout.strip()

    script(tmp_path, HOLDER)
    git("init", "-q")
    git("add", "program.py")
    git("commit", "-q", "-m", "first")
    record(tmp_path, HOLDER)
    told = sidecar(tmp_path)["git"]
    assert told == {"commit": git("rev-parse", "HEAD"), "dirty": False, "root": os.path.realpath(tmp_path)}
    record(tmp_path, HOLDER + "# changed\n", "--force")
    assert sidecar(tmp_path)["git"]["dirty"] is True


def test_a_block_is_recorded_from_inside_with_the_stacks_of_the_whole_program(tmp_path):
    text = """
    import forensics as hf
    def grow():
        return bytearray(50 << 20)
    with hf.record("inside.bin") as recording:
        held = grow()
    capture = hf.load(recording)
    print(capture.summaries["peak"].bytes > 50 << 20, capture.complete, len(capture.sidecar.samples) > 0)
    """
    done = subprocess.run(
        [sys.executable, script(tmp_path, text).name], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("True True True\n", "")
    assert stacks_of(hf.load(tmp_path / "inside.bin"), over=40 << 20) == {"<module> > grow"}
    assert not (tmp_path / "inside.bin.recording").exists()


def test_a_kill_inside_a_recorded_block_leaves_the_capture_and_its_samples(tmp_path):
    text = "import forensics as hf\nwith hf.record('out.bin'):\n" + "".join(
        f"    {line}\n" for line in (*GROWING.strip().splitlines()[:-3], "import os", "for _ in range(300):")
    )
    text += "        grow()\n        time.sleep(0.001)\n    os.kill(os.getpid(), 9)\n"
    subprocess.run([sys.executable, script(tmp_path, text).name], cwd=tmp_path, check=False)
    deadline = time.monotonic() + 30
    while (tmp_path / "out.bin.recording").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    capture = hf.load(tmp_path / "out.bin")
    assert capture.health.state == "killed"
    assert capture.summaries["peak"].bytes >= 300 << 20
    assert capture.sidecar.samples["rss_bytes"].max() > 100 << 20


def test_python_children_that_are_started_anew_are_followed_too(tmp_path):
    text = """
    import subprocess, sys
    child = "held = bytearray(30 << 20); import os; print(os.getpid())"
    subprocess.run([sys.executable, "-c", child])
    """
    child = record(tmp_path, text, "--follow-fork").stdout.strip()
    assert hf.load(tmp_path / f"out.bin.{child}").summaries["peak"].bytes > 30 << 20
    assert hf.load(tmp_path / "out.bin").summaries["peak"].bytes < 30 << 20


def test_each_forked_child_has_a_sidecar_with_samples_of_its_own(tmp_path):
    text = """
    import os, time
    child = os.fork()
    if child == 0:
        held = bytearray(80 << 20)
        time.sleep(2.5)
        raise SystemExit(0)
    os.waitpid(child, 0)
    print(child)
    """
    child = record(tmp_path, text, "--follow-fork").stdout.strip()
    parent, told = sidecar(tmp_path), sidecar(tmp_path, f"out.bin.{child}")
    assert (told["process"]["pid"], told["process"]["child_of"]) == (int(child), parent["process"]["pid"])
    assert told["packages"] == parent["packages"]
    assert told["process"]["command"] == parent["process"]["command"]
    assert "exit" not in told
    assert max(told["samples"]["rss_bytes"]) > 80 << 20
    assert max(parent["samples"]["rss_bytes"]) < 80 << 20
