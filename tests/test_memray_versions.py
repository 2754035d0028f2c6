"""Every version of memray that can be installed here records; what it reads back is what is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

import forensics as hf
from tests.test_memray_capture import CAPTURES, python_stacks, without_padding

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="memray records on Linux"),
]
#: Prints what the memray of that environment says of a capture, as the committed files have it.
ASK = """
import collections, json, sys
from memray import FileReader

def stacks(records):
    found = collections.defaultdict(lambda: [0, 0])
    for record in records:
        stack = ";".join(f"{name} {file}:{line}" for name, file, line in reversed(record.stack_trace()))
        found[stack][0] += record.size
        found[stack][1] += record.n_allocations
    return found

path = sys.argv[1]
told = {"peak_memory": FileReader(path).metadata.peak_memory}
told["peak"] = stacks(FileReader(path).get_high_watermark_allocation_records(merge_threads=True))
told["end"] = stacks(FileReader(path).get_leaked_allocation_records(merge_threads=True))
print(json.dumps(told))
"""
KINDS = {
    "whole": (),
    "python": ("--trace-python-allocators",),
    "aggregated": ("--aggregate",),
    "native": ("--native",),
    "fork": ("--follow-fork",),
    "killed": (),
}
ARGUMENTS = {"fork": ("fork",), "killed": ("kill",)}


@pytest.fixture(scope="module", params=["1.18.0", "1.19.3", "1.20.0"])
def memray(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a throw-away environment with this version; skips where it cannot be had."""
    folder = tmp_path_factory.mktemp(f"memray-{request.param}")
    venv.create(folder, with_pip=True)
    interpreter = folder / "bin" / "python"
    done = subprocess.run(
        [interpreter, "-m", "pip", "install", "--only-binary=:all:", "-q", f"memray=={request.param}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"memray {request.param} cannot be installed: {done.stderr.strip().splitlines()[-1]}")
    return interpreter


def told_by(interpreter: Path, capture: Path) -> dict[str, Any]:
    done = subprocess.run(
        [interpreter, "-I", "-c", ASK, capture], capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_version_records_now_is_loaded_as_it_reads_it(memray: Path, tmp_path: Path, kind: str) -> None:
    capture = tmp_path / "capture.bin"
    command: list[str | Path] = [
        memray,
        "-m",
        "memray",
        "run",
        "-q",
        *KINDS[kind],
        "-o",
        capture,
        CAPTURES / "small.py",
    ]
    subprocess.run([*command, *ARGUMENTS.get(kind, ())], cwd=tmp_path, check=False, timeout=120)
    if kind == "killed":
        capture = without_padding(capture)
    loaded = hf.load(capture)
    expected = told_by(memray, capture)
    assert loaded.health.state == ("killed" if kind == "killed" else "whole")
    assert python_stacks(loaded.profile("peak")) == expected["peak"]
    assert python_stacks(loaded.profile("end")) == expected["end"]
    if kind != "killed":
        assert loaded.summaries["peak"].bytes == expected["peak_memory"]
