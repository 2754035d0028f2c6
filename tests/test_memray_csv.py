"""Tables of ``memray transform csv``, written by memray itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import forensics as hf
from tests.written import load_text, stacks

CAPTURE = (
    Path(__file__).parent.parent / "sample_dumps/incidents/link_crawler/dumps/python-connections-before.bin"
)
HEADER = "allocator,num_allocations,size,tid,thread_name,stack_trace\r\n"
ROW = "MALLOC,2,300,1,0x1 (MainThread),read;/srv/a.py;7|main;/srv/app.py;3\r\n"


def test_stacks_are_turned_outermost_first(tmp_path: Path) -> None:
    capture = load_text(tmp_path, HEADER + ROW)
    profile = capture.profile("peak")
    assert stacks(profile) == {"main > read": 300}
    assert profile.stack(profile.allocations["callsite_id"][0]).values.tolist() == [
        ["main", "/srv/app.py", 3, "", "python"],
        ["read", "/srv/a.py", 7, "", "python"],
    ]
    assert profile.allocations.values.tolist() == [[1, "0x1 (MainThread)", "malloc", 300, 2]]


def test_quoted_columns_are_read(tmp_path: Path) -> None:
    row = 'MMAP,1,5,1,"a, ""b""","f;/x,y.py;1|operator|(int);lib.cc;2|g\nh;z.cc;3"\r\n'
    profile = load_text(tmp_path, HEADER + row).profile()
    assert stacks(profile) == {"g\nh > operator|(int) > f": 5}
    assert profile.allocations["thread"].tolist() == ['a, "b"']
    assert profile.stack(profile.allocations["callsite_id"][0])["file"].tolist() == [
        "z.cc",
        "lib.cc",
        "/x,y.py",
    ]


def test_an_allocation_without_a_stack_is_kept(tmp_path: Path) -> None:
    assert stacks(load_text(tmp_path, HEADER + "MALLOC,1,5,1,t,\r\n").profile()) == {"(no stack)": 5}


@pytest.mark.parametrize("end", [-3, -12, -30, -60])
def test_a_last_row_that_is_cut_is_left_out_and_said(tmp_path: Path, end: int) -> None:
    capture = load_text(tmp_path, HEADER + ROW + ROW[:end])
    assert capture.profile().total_bytes == 300
    assert capture.health.detail == "it ends within the row of line 3"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("MALLOC,-1,5,1,t,f;a.py;1", "line 2 holds a negative count"),
        (f"MALLOC,1,{2**63},1,t,f;a.py;1", "line 2 holds a count beyond 2**63"),
        ("MALLOC,1,5", "line 2 has 3 columns where memray writes 6"),
        ("MALLOC,one,5,1,t,f;a.py;1", "line 2 holds no number ('one')"),
        ("MALLOC,1,5,1,t,nonsense", "line 2 holds a stack that memray does not write"),
        ('MALLOC,1,5,1,"t,f;a.py;1' + "x" * 600_000 + "\n" + "x" * 600_000, "a quote that does not close"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, row: str, fault: str) -> None:
    with pytest.raises(hf.BadDump) as error:
        load_text(tmp_path, f"{HEADER}{row}\r\n{ROW}")
    assert fault in str(error.value)


def test_what_memray_writes_has_the_totals_of_its_capture(tmp_path: Path) -> None:
    from memray import FileReader

    out = tmp_path / "table.csv"
    command = [sys.executable, "-m", "memray", "transform", "csv", "--output", str(out), str(CAPTURE)]
    subprocess.run(command, check=True, capture_output=True)
    capture = hf.load(out)
    assert capture.profile("peak").total_bytes == FileReader(CAPTURE).metadata.peak_memory
    assert capture.complete
    assert any("connections.py" in file for file in capture.profile().frames["file"])


def test_what_memray_writes_for_speedscope_has_the_same_totals(tmp_path: Path) -> None:
    for target in ("csv", "speedscope"):
        command = [
            sys.executable,
            "-m",
            "memray",
            "transform",
            target,
            "--output",
            str(tmp_path / target),
            str(CAPTURE),
        ]
        subprocess.run(command, check=True, capture_output=True)
    table, speedscope = hf.load(tmp_path / "csv").profile(), hf.load(tmp_path / "speedscope").profile()
    without_stack = table.own()[
        table.callsites["frame_id"].map(table.frames["function"]) == "(no stack)"
    ].sum()
    assert speedscope.total_bytes == table.total_bytes - without_stack
    assert speedscope.total_blocks <= table.total_blocks
    assert len(speedscope.frames) > 50
