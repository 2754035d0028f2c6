"""``forensics info``: one line or one document a dump, a broken file among several named and survived."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.forked import Runner

NOBODY = 65534
FOLDED = "main;load 400\nmain;serve 100\n"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "forensics.cli", "info", *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.folded"
    path.write_text(FOLDED)
    return path


def test_one_line_says_what_how_much_and_whether_whole(small: Path) -> None:
    ran = run(small)

    assert ran.returncode == 0
    assert ran.stderr == ""
    (line,) = ran.stdout.splitlines()
    assert line.startswith(f"{small}: folded")
    assert "500 B" in line
    assert line.endswith("whole")


def test_one_file_is_one_document(small: Path) -> None:
    told = json.loads(run(small, "--json").stdout)

    assert told["schema"] == "forensics/info/1"
    assert told["complete"] is True
    assert told["missing"] == ""
    assert [moment["bytes"] for moment in told["moments"].values()] == [500]
    assert told["origin"]["path"] == str(small)
    assert told["origin"]["sha256"] == sha256(FOLDED.encode()).hexdigest()


def test_several_files_are_one_document_of_captures(small: Path) -> None:
    told = json.loads(run(small, small, "--json").stdout)

    assert told["schema"] == "forensics/info/1"
    assert len(told["captures"]) == 2


def test_a_broken_file_among_several_is_named_and_the_others_are_told(small: Path, tmp_path: Path) -> None:
    ran = run(tmp_path / "none.bin", small)

    assert ran.returncode == 3
    assert ran.stdout.startswith(str(small))
    assert (
        ran.stderr == f"forensics: {tmp_path / 'none.bin'}: no such file or directory; "
        "check the path and its permissions\n"
    )


@pytest.mark.parametrize(
    ("name", "content"), [("empty", b""), ("text", b"hello world\n" * 9), ("gzip", b"\x1f\x8b\x08\x00cut")]
)
def test_bad_input_is_one_line_and_exit_3(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    ran = run(tmp_path / name, "--json")

    assert ran.returncode == 3
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    assert "Traceback" not in ran.stderr


def test_what_is_no_file_is_one_line_each_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "run.bin.sidecar.json").write_text("{}")

    ran = run(
        tmp_path, *(tmp_path / name for name in ("fifo", "loop", "dangling", "run.bin.sidecar.json")),
        "/dev/zero", "/dev/null", "",
    )  # fmt: skip

    assert (ran.returncode, ran.stdout) == (3, "")
    assert [line.split(": ")[2].split(";")[0] for line in ran.stderr.splitlines()] == [
        "is a directory",
        "is not a regular file",
        "too many levels of symbolic links",
        "no such file or directory",
        "is the side-car of a dump and no dump",
        "is not a regular file",
        "is not a regular file",
        "is a directory",
    ]


def test_a_file_that_may_not_be_read_is_named(small: Path) -> None:
    small.chmod(0)
    with Runner() as runner:
        ran = runner.run("info", small, user=NOBODY)

    assert ran.exit_code == 3
    assert ran.errors == (f"forensics: {small}: permission denied; check the path and its permissions\n")


def test_a_capture_that_is_being_written_is_told_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "run.bin"
    write = (
        "import memray, sys, time\n"
        "with memray.Tracker(sys.argv[1]):\n"
        "    held = [bytearray(100_000) for _ in range(50)]\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", write, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as recording:
        assert recording.stdout is not None
        recording.stdout.readline()
        ran = run(path)

    (line,) = ran.stdout.splitlines()
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "in 50 blocks" in line or "MiB in" in line
    assert "NOT WHOLE (killed)" in line


def test_names_with_control_characters_are_spelled_out(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31mb.folded"
    path.write_text(FOLDED)

    ran = run(path)

    assert "\x1b" not in ran.stdout
    assert r"a\x1b[31mb.folded" in ran.stdout


def test_no_file_is_wrong_usage() -> None:
    assert run().returncode == 2
