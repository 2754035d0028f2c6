"""What goes wrong while recording: one line, nothing lost of what was recorded, nothing overwritten."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import lz4.frame
import pytest

import forensics as hf
from forensics.record.unwritten import ends_early
from forensics.sidecar import read_sidecar
from tests.recorded import FORENSICS, GROWING, HOLDER, record, run, script, sidecar, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="samples come from /proc")
SYSTEM_PYTHON = "/usr/bin/python3"


NO_SPACE = (
    "forensics: the capture ends early: no space was left, or the program ended by os._exit; it is kept"
)


def said_by_us(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Our lines among those of the program and of memray."""
    return [line for line in done.stderr.splitlines() if line.startswith("forensics: ")]


def until(condition, what: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def sampler_of(recorder: subprocess.Popen[str]) -> int:
    """The child of the recorder that runs the sampler."""
    told = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children_of(recorder.pid)}
    return next(pid for pid, command in told.items() if b"forensics.record.sampler" in command)


def test_a_command_that_is_not_there_is_one_line_and_leaves_nothing(tmp_path):
    done = run(tmp_path, "record", "-o", "out.bin", "--", "no-such-command")
    assert done.returncode == 2
    assert (
        done.stderr == "forensics: no-such-command: command not found; nothing was run, nothing was written\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_may_not_be_executed_is_one_line(tmp_path):
    script(tmp_path, HOLDER)
    done = run(tmp_path, "record", "-o", "out.bin", "--", "./program.py")
    assert done.returncode == 2
    assert done.stderr.startswith("forensics: ./program.py: permission denied; ")


def test_an_existing_capture_or_sidecar_is_never_overwritten_without_force(tmp_path):
    for name in ("out.bin", "out.bin.sidecar.json"):
        existing = tmp_path / name
        existing.write_text("mine")
        done = record(tmp_path, "open('ran', 'w')")
        assert done.returncode == 2
        assert (
            done.stderr
            == f"forensics: {existing}: exists already; name another output with -o, or add --force\n"
        )
        assert existing.read_text() == "mine"
        assert not (tmp_path / "ran").exists()
        existing.unlink()
    (tmp_path / "out.bin").write_text("mine")
    assert record(tmp_path, HOLDER, "--force").returncode == 0
    assert hf.load(tmp_path / "out.bin").complete


def test_an_output_in_a_directory_that_is_not_there_is_one_line(tmp_path):
    done = run(tmp_path, "record", "-o", "no/such/out.bin", "--", "true")
    assert done.returncode == 3
    assert done.stderr == (
        f"forensics: {tmp_path}/no/such/out.bin: cannot be written (no such file or directory); "
        "name another output with -o\n"
    )


def test_two_recorders_at_once_do_not_share_a_file_even_with_force(tmp_path):
    program = script(tmp_path, GROWING)
    first = start(
        tmp_path, "record", "-o", "out.bin", "--limit", "200MiB", "--", sys.executable, program.name
    )
    until((tmp_path / "out.bin.recording" / "samples.ndjson").exists, "the first never began")
    second = run(tmp_path, "record", "-o", "out.bin", "--force", "--", sys.executable, program.name)
    assert second.returncode == 2
    assert second.stderr == (
        f"forensics: {tmp_path}/out.bin: another recorder is writing it; name another output with -o\n"
    )
    assert first.wait(60) == 137
    assert hf.load(tmp_path / "out.bin").summaries["peak"].bytes > 100 << 20


def test_the_recorder_killed_leaves_capture_and_sidecar_and_the_program_goes_on(tmp_path):
    program = script(tmp_path, GROWING)
    recorder = start(
        tmp_path, "record", "-o", "out.bin", "--limit", "256MiB", "--", sys.executable, program.name
    )
    samples = tmp_path / "out.bin.recording" / "samples.ndjson"
    until(lambda: lines(samples) > 3, "no samples")
    recorder.kill()
    recorder.wait()
    early = read_sidecar(tmp_path / "out.bin")
    assert early is not None
    assert len(early.samples) > 2
    until(lambda: not samples.parent.exists(), "the sampler did not complete the side-car")
    told = sidecar(tmp_path)
    assert told["state"] == "recorder lost"
    assert told["exit"] == {"signal": "SIGKILL", "oom_killed": True}
    capture = hf.load(tmp_path / "out.bin")
    assert capture.summaries["peak"].bytes > 150 << 20
    assert capture.sidecar.samples["rss_bytes"].iloc[-1] > 0.9 * (256 << 20)


def test_the_sampler_killed_is_started_again_and_said(tmp_path):
    program = script(tmp_path, "import time\nheld = bytearray(50 << 20)\ntime.sleep(4)\n")
    recorder = start(tmp_path, "record", "-o", "out.bin", "--", sys.executable, program.name)
    samples = tmp_path / "out.bin.recording" / "samples.ndjson"
    until(lambda: lines(samples) > 2, "no samples")
    os.kill(sampler_of(recorder), signal.SIGKILL)
    before = lines(samples)
    until(lambda: lines(samples) > before + 2, "no further samples")
    _, said = recorder.communicate(timeout=60)
    assert recorder.returncode == 0
    assert said == "forensics: the sampler was killed and started again: some samples are missing\n"
    assert len(hf.load(tmp_path / "out.bin").sidecar.samples) > before + 2


def test_recorder_and_sampler_killed_leave_samples_that_still_load(tmp_path):
    program = script(tmp_path, "import time\nheld = bytearray(50 << 20)\ntime.sleep(3)\n")
    recorder = start(tmp_path, "record", "-o", "out.bin", "--", sys.executable, program.name)
    samples = tmp_path / "out.bin.recording" / "samples.ndjson"
    until(lambda: lines(samples) > 5, "no samples")
    sampler = sampler_of(recorder)
    recorder.kill()
    os.kill(sampler, signal.SIGKILL)
    recorder.wait()
    with samples.open("a") as file:
        file.write('[1,2,"cut in the mid')
    told = read_sidecar(tmp_path / "out.bin")
    assert told is not None
    assert len(told.samples) > 5
    capture = tmp_path / "out.bin"
    until(
        lambda: capture.exists() and capture.stat().st_size > 0 and hf.load(capture).complete,
        "the program did not end",
    )
    again = record(tmp_path, "pass")
    assert again.returncode == 2
    assert "exists already" in again.stderr
    assert record(tmp_path, "pass", "--force").returncode == 0
    assert not samples.parent.exists()


@pytest.mark.skipif(
    not Path(SYSTEM_PYTHON).exists()
    or subprocess.run([SYSTEM_PYTHON, "-c", "import memray"], capture_output=True, check=False).returncode
    == 0,
    reason="needs a second Python without memray",
)
def test_a_python_without_memray_is_not_started_and_the_line_says_what_to_install(tmp_path):
    program = script(tmp_path, "open('ran', 'w')")
    done = run(tmp_path, "record", "-o", "out.bin", "--", SYSTEM_PYTHON, program.name)
    assert done.returncode == 3
    assert done.stderr == (
        f"forensics: memray cannot be imported by {SYSTEM_PYTHON} (No module named 'memray'); "
        f"install it there: {SYSTEM_PYTHON} -m pip install memray\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["program.py"]


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("unshare") is None, reason="mounts a small file system: needs root"
)
def test_no_space_left_keeps_what_was_recorded_and_is_one_line_of_ours(tmp_path):
    program = script(
        tmp_path, "x = [bytearray(600 + i % 7) for i in range(400_000)]; import time; time.sleep(0.3)"
    )
    (tmp_path / "small").mkdir()
    (tmp_path / "kept").mkdir()
    inner = (
        "mount -t tmpfs -o size=256k tmpfs small && "
        '"$@"; status=$?; cp -r small/* kept/; umount small; exit $status'
    )
    command = [*FORENSICS, "record", "-o", "small/out.bin", "--", sys.executable, program.name]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", inner, "sh", *command], cwd=tmp_path, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    no_sidecar = f"forensics: {tmp_path}/small/out.bin.sidecar.json: not written (no space left); "
    assert said_by_us(done) in ([NO_SPACE], [f"{no_sidecar}what was recorded is kept"], [])
    kept = tmp_path / "kept" / "out.bin"
    assert kept.exists()
    assert not hf.load(kept).complete
    assert len(read_sidecar(kept).samples) > 0


#: Becomes nobody, who writes nothing of root's; reading is left, since this Python may lie in root's home.
AS_NOBODY = "setpriv --reuid=nobody --regid=nogroup --clear-groups --inh-caps=-all,+dac_read_search "
AS_NOBODY += "--ambient-caps=+dac_read_search --bounding-set=-all,+dac_read_search"


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None, reason="has to become another user: needs root"
)
class TestAsAnotherUser:
    """What a user who owns neither the process nor the directory is told."""

    @pytest.fixture
    def as_nobody(self):
        """Runs ``forensics …`` as nobody in a directory that is nobody's own."""
        place = Path(tempfile.mkdtemp(prefix="nobody-"))
        shutil.chown(place, "nobody")

        def run_it(*arguments: object) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*AS_NOBODY.split(), *FORENSICS, *map(str, arguments)],
                cwd=place,
                env={**os.environ, "HOME": str(place)},
                capture_output=True,
                text=True,
                timeout=120,
            )

        yield run_it
        shutil.rmtree(place)

    def test_a_foreign_process_is_one_line_and_lives_on(self, as_nobody):
        ours = subprocess.Popen(["sleep", "60"])
        try:
            done = as_nobody("record", "--pid", ours.pid, "--for", "1s", "-o", "out.bin")
            assert ours.poll() is None
        finally:
            ours.kill()
            ours.wait()
        assert (done.returncode, done.stderr) == (
            3,
            f"forensics: {ours.pid}: the process belongs to another user; attach as that user\n",
        )

    def test_a_directory_that_may_not_be_written_is_one_line_and_nothing_is_run(self, as_nobody, tmp_path):
        tmp_path.chmod(0o755)
        done = as_nobody("record", "-o", f"{tmp_path}/out.bin", "--", "touch", "ran")
        assert (done.returncode, done.stderr) == (
            3,
            f"forensics: {tmp_path}/out.bin: cannot be written (permission denied); "
            "name another output with -o\n",
        )
        assert list(tmp_path.iterdir()) == []
        assert as_nobody("record", "-o", "out.bin", "--", "test", "-e", "ran").returncode == 1

    def test_what_may_be_written_is_recorded_without_root(self, as_nobody):
        done = as_nobody("record", "-o", "out.bin", "--", sys.executable, "-c", "held = bytearray(9 << 20)")
        assert (done.returncode, done.stderr) == (0, "")
        told = as_nobody("info", "out.bin", "--json")
        assert json.loads(told.stdout)["complete"] is True

    def test_a_limit_is_enforced_by_the_watchdog_where_no_cgroup_may_be_made(self, as_nobody):
        program = "held = []\nwhile True: held.append(bytearray(1 << 20))"
        done = as_nobody("record", "-o", "out.bin", "--limit", "150MiB", "--", sys.executable, "-c", program)
        assert (done.returncode, done.stderr) == (137, "")
        refused = as_nobody(
            "record", "-o", "b.bin", "--limit", "150MiB", "--limit-by", "cgroup", "--", "true"
        )
        assert refused.returncode == 3
        assert refused.stderr.startswith("forensics: no memory cgroup can be made here (")
        assert refused.stderr.count("\n") == 1


def test_a_file_size_limit_keeps_what_was_recorded_and_is_one_line(tmp_path):
    program = script(tmp_path, "x = [bytearray(600 + i % 7) for i in range(400_000)]")
    done = subprocess.run(
        [*FORENSICS, "record", "-o", "out.bin", "--", sys.executable, program.name],
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert said_by_us(done) in ([NO_SPACE], [])
    capture = hf.load(tmp_path / "out.bin")
    assert not capture.complete
    assert capture.summaries["peak"].bytes > 0
    assert read_sidecar(tmp_path / "out.bin") is not None


@pytest.mark.parametrize("flag", ["-E", "-I"])
def test_the_child_of_a_python_that_cannot_be_recorded_is_not_taken_for_it(tmp_path, flag):
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'held = bytearray(30 << 20)'])"
    done = run(tmp_path, "record", "-o", "out.bin", "--", sys.executable, flag, "-c", child)
    assert (done.returncode, done.stderr) == (
        0,
        "forensics: no Python started that could be recorded (python -I, -E, -S cannot): side-car only\n",
    )
    assert not (tmp_path / "out.bin").exists()


def test_a_python_below_a_shell_is_still_the_one_that_is_recorded(tmp_path):
    program = script(tmp_path, HOLDER)
    done = run(
        tmp_path, "record", "-o", "out.bin", "--", "sh", "-c", f"{sys.executable} {program.name}; true"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert hf.load(tmp_path / "out.bin").summaries["peak"].bytes > 50 << 20


def test_a_program_that_ends_without_leaving_python_is_one_line_and_its_capture_is_kept(tmp_path):
    done = record(tmp_path, "held = bytearray(20 << 20)\nimport os\nos._exit(5)")
    assert (done.returncode, done.stderr) == (5, f"{NO_SPACE}\n")
    assert hf.load(tmp_path / "out.bin").summaries["peak"].bytes > 20 << 20


@pytest.mark.parametrize("options", [[], ["--aggregate"]])
def test_a_capture_ends_early_where_its_last_record_is_missing(tmp_path, options):
    record(tmp_path, HOLDER, *options)
    capture = tmp_path / "out.bin"
    assert not ends_early(capture)
    records = lz4.frame.decompress(capture.read_bytes()).rstrip(b"\0")
    for cut in (records[: records.rindex(b"grow")], records[:-1] + b"\x07" + bytes(500)):
        capture.write_bytes(lz4.frame.compress(cut))
        assert ends_early(capture)
    capture.write_bytes(records)
    assert ends_early(capture)
