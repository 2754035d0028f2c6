"""Compiled loops: the same answers as Python gives, kept as files, loaded without numba."""

import subprocess
import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from forensics import compiled

LOOPS = '''
import numpy as np
from forensics.compiled import compiled, inlined

@inlined
def doubled(value):
    return value + value

@compiled
def total(values, factor):
    """The sum of doubled values."""
    found = np.int64(0)
    for value in values:
        found += doubled(value) * factor
    return found

@compiled
def extremes(values):
    low = high = values[0]
    for value in values:
        low, high = min(low, value), max(high, value)
    return low, high

@compiled
def fill(rows, values):
    for i in range(len(values)):
        rows[i, 1] = values[i].size

@compiled
def any_above(values, limit):
    for value in values:
        if value > limit:
            return True
    return False

@compiled
def half(value):
    return value / 2.0

@compiled
def allocates(count):
    return np.zeros(count, np.int64).sum()

@compiled
def raises(count):
    if count > 2:
        raise ValueError("too many")
    return count
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "loops.py").write_text(LOOPS)
    return tmp_path


def loops_in(folder: Path) -> ModuleType:
    spec = util.spec_from_file_location("loops", folder / "loops.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def code_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.code"))


def in_new_process(folder: Path, code: str) -> str:
    """What this prints in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_arrays_records_and_numbers_go_in_and_numbers_come_out(folder):
    loops = loops_in(folder)
    assert loops.total(np.array([1, 2, 3]), 5) == 60
    assert loops.total(np.array([1, 2, 3], np.int32), 5) == 60
    assert loops.extremes(np.array([4, -7, 9])) == (-7, 9)
    assert loops.any_above(np.arange(4), 2) is True
    assert loops.any_above(np.arange(4), 3) is False
    assert loops.half(3.0) == 1.5
    rows = np.zeros((2, 3), np.int64)
    assert loops.fill(rows, np.array([(1, 10), (2, 20)], [("address", "u1"), ("size", "i8")])) is None
    assert rows.tolist() == [[0, 10, 0], [0, 20, 0]]


def test_bytes_that_may_not_be_written_can_be_read(folder):
    assert loops_in(folder).total(np.frombuffer(b"\1\2", np.uint8), 1) == 6


def test_the_second_process_finds_the_code_and_does_without_numba(folder):
    code = "import loops, sys, numpy as np; print(loops.total(np.arange(4), 1), 'numba' in sys.modules)"
    assert in_new_process(folder, code) == "12 True"
    assert in_new_process(folder, code) == "12 False"


def test_a_changed_source_is_compiled_again_and_a_damaged_file_is_not_run(folder):
    code = "import loops, numpy as np; print(loops.total(np.arange(4), 1))"
    assert in_new_process(folder, code) == "12"
    (folder / "loops.py").write_text(LOOPS.replace("value + value", "value + value + 1"))
    assert in_new_process(folder, code) == "16"
    for file in code_files(folder):
        content = bytearray(file.read_bytes())
        content[-200] ^= 1
        file.write_bytes(content)
    assert in_new_process(folder, code) == "16"


def test_what_cannot_be_kept_beside_the_source_is_kept_for_the_user(folder, monkeypatch):
    (folder / "__pycache__").write_text("not a directory")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    assert loops_in(folder).total(np.arange(4), 1) == 12
    assert [file.parent for file in code_files(folder)] == [
        folder / "cache" / "heap-forensics" / "machine-code"
    ]


def test_a_loop_that_allocates_is_refused(folder):
    with pytest.raises(Exception, match=r"No implementation of function .*zeros"):
        loops_in(folder).allocates(3)


def test_an_exception_inside_a_loop_is_not_lost(folder):
    loops = loops_in(folder)
    assert loops.raises(2) == 2
    with pytest.raises(SystemError, match="the compiled loop raises failed"):
        loops.raises(3)


def test_arguments_that_the_code_could_misread_are_refused(folder):
    with pytest.raises(TypeError, match="C-contiguous"):
        loops_in(folder).total(np.arange(8)[::2], 1)
    with pytest.raises(TypeError, match="not list"):
        loops_in(folder).total([1, 2], 1)


def test_after_warming_no_dump_and_no_question_starts_numba():
    subprocess.run([sys.executable, "-m", "forensics.warm"], check=True, capture_output=True)
    code = """
import sys, forensics as hf
from pathlib import Path
for pattern in ("memray_versions/*.bin", "tracemalloc/*.tracemalloc", "native/*.heap", "incidents/*/dumps/*"):
    for path in sorted(Path().glob(pattern)):
        if not path.name.endswith((".json", ".md", ".toml")):
            capture = hf.load(path)
            profiles = [capture.profile(moment) for moment in capture.moments]
            assert all(len(profile.total()) == len(profile.callsites) for profile in profiles)
        assert "numba" not in sys.modules, path
capture = hf.load("incidents/eager_model/before/startup.bin")
assert hf.diagnose(capture, limit="512MiB").findings and hf.replay(capture).without(cause="import")
print("numba" in sys.modules)
"""
    dumps = Path(__file__).parents[1] / "sample_dumps"
    assert in_new_process(dumps, code) == "False"


def test_folders_are_the_sources_own_then_the_users(folder):
    loop = loops_in(folder).total
    assert [path.name for path in compiled._folders(loop)] == ["__pycache__", "machine-code"]
