"""Line tables of CPython 3.9 to 3.14, each as that version wrote them and tells their lines.

Instructions without a line of their own are left out: there we give the line before, as memray does.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from forensics.readers.memray_capture.linetables import lines_of_frames

FOLDER = Path(__file__).parent / "linetables"
VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


def with_lines(version: str) -> list[dict]:
    codes = json.loads((FOLDER / f"{version}.json").read_text())
    return [code | {"lines": [(offset, line) for offset, line in code["lines"] if line]} for code in codes]


def lines_told(version: str, code: dict) -> list[int]:
    """Our line of each offset that the interpreter itself gave a line for."""
    major, minor = map(int, version.split("."))
    table = np.frombuffer(bytes.fromhex(code["table"]), np.uint8)
    offsets = np.array([offset for offset, _ in code["lines"]], np.int64)
    lines = np.empty(len(offsets), np.int32)
    lines_of_frames(
        major << 24 | minor << 16, offsets, np.zeros(len(offsets), np.int64), np.zeros(1, np.int64),
        np.array([len(table)]), np.array([code["first"]]), table, lines,
    )  # fmt: skip
    return lines.tolist()


@pytest.mark.parametrize("version", VERSIONS)
def test_every_instruction_has_the_line_its_interpreter_gives(version):
    told = [(code["name"], lines_told(version, code)) for code in with_lines(version)]
    assert told == [(code["name"], [line for _, line in code["lines"]]) for code in with_lines(version)]
    assert max(max(lines) for _, lines in told) > 200


@pytest.mark.parametrize("version", VERSIONS)
def test_a_table_that_ends_early_gives_no_line_beyond_the_file(version):
    for code in with_lines(version):
        whole = code["table"]
        for size in range(2, len(whole), 2):
            assert all(0 <= line < 1000 for line in lines_told(version, code | {"table": whole[:size]}))
