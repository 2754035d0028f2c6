"""Go goroutine dumps (debug=2): state, waiting time, creator, counts by identical stack."""

from __future__ import annotations

from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

import forensics as hf
from tests.written import load_text, stacks

SAMPLES = Path(__file__).parent.parent / "sample_dumps" / "incidents" / "link_crawler" / "dumps"

DUMP = """\
goroutine 1 [running]:
main.main()
\t/srv/app/main.go:20 +0x1d

goroutine 18 [chan receive, 12 minutes]:
main.(*pool).work(0xc000012345, {0x6e1a84, 0x3})
\t/srv/app/pool.go:61 +0x45
created by main.(*pool).start in goroutine 1
\t/srv/app/pool.go:40 +0x90

goroutine 19 [chan receive, 3 minutes, locked to thread]:
main.(*pool).work(0xc000067890, {0x6e1a84, 0x3})
\t/srv/app/pool.go:61 +0x45
created by main.(*pool).start in goroutine 1
\t/srv/app/pool.go:40 +0x90

goroutine 20 [IO wait]:
internal/poll.runtime_pollWait(0x7f2e4bea2630, 0x72)
\t/usr/lib/go/src/runtime/netpoll.go:302 +0x89
main.listen(...)
\t/srv/app/listen.go:9
...additional frames elided...
created by main.reconnect
\t/srv/app/listen.go:5 +0x2b
"""


def test_equal_stacks_are_counted_together_below_the_function_that_started_them(tmp_path: Path) -> None:
    assert stacks(load_text(tmp_path, DUMP).profile(), "goroutines") == {
        "main.main": 1,
        "main.(*pool).start > main.(*pool).work": 2,
        "main.reconnect > main.listen > internal/poll.runtime_pollWait": 1,
    }


def test_the_creator_stands_at_the_line_of_the_go_statement(tmp_path: Path) -> None:
    frames = load_text(tmp_path, DUMP).profile().frames
    creator = frames[frames["function"] == "main.(*pool).start"].iloc[0]
    assert (creator["file"], creator["line"], creator["module"]) == ("/srv/app/pool.go", 40, "main")


def test_every_goroutine_has_a_row(tmp_path: Path) -> None:
    table = load_text(tmp_path, DUMP).extras["goroutines"]
    assert table.drop(columns="callsite_id").values.tolist() == [
        [1, "running", 0, False, "", "", 0, 0],
        [18, "chan receive", 12, False, "main.(*pool).start", "/srv/app/pool.go", 40, 1],
        [19, "chan receive", 3, True, "main.(*pool).start", "/srv/app/pool.go", 40, 1],
        [20, "IO wait", 0, False, "main.reconnect", "/srv/app/listen.go", 5, 0],
    ]


def test_rows_point_at_their_callsite(tmp_path: Path) -> None:
    capture = load_text(tmp_path, DUMP)
    counted = capture.extras["goroutines"].groupby("callsite_id").size()
    goroutines = capture.profile().allocations.set_index("callsite_id")["goroutines"]
    assert counted.to_dict() == goroutines.to_dict()


def test_no_bytes_are_invented(tmp_path: Path) -> None:
    profile = load_text(tmp_path, DUMP).profile()
    assert (profile.total_bytes, profile.total_blocks, profile.primary_measure) == (0, 0, "goroutines")


@pytest.mark.parametrize(
    "header",
    [
        "goroutine 7 gp=0xc000002380 m=0 mp=0x5d7c40 [running]:",
        "goroutine 7 [select (no cases), 2 minutes]:",
        "goroutine 7 [chan receive (durable), synctest bubble 1]:",
        'goroutine 7 [running] {"key": "value"}:',
    ],
)
def test_headers_of_all_versions_are_read(tmp_path: Path, header: str) -> None:
    capture = load_text(
        tmp_path, f"{header}\nmain.f()\n\t/srv/app/f.go:1 +0x1\ncreated by main.g\n\t/srv/g.go:2 +0x3\n"
    )
    assert capture.extras["goroutines"]["id"].tolist() == [7]


def test_a_crash_that_lists_its_goroutines_is_read(tmp_path: Path) -> None:
    stack = "runtime stack:\nruntime.throw({0x1})\n\t/usr/lib/go/src/runtime/panic.go:1 +0x4\n\n"
    crash = f"fatal error: runtime: out of memory\n\n{stack}"
    assert len(load_text(tmp_path, crash + DUMP).extras["goroutines"]) == 4


def test_a_goroutine_without_its_creator_at_the_end_is_cut(tmp_path: Path) -> None:
    cut = DUMP[: DUMP.index("created by main.reconnect")]
    capture = load_text(tmp_path, cut)
    assert capture.health.state == "cut"
    assert capture.health.detail == "it ends within goroutine 20"
    assert capture.profile().allocations["goroutines"].sum() == 3


@settings(max_examples=40, deadline=None)
@given(kept=st.integers(min_value=30, max_value=len(DUMP) - 1))
def test_a_dump_cut_anywhere_never_counts_more(tmp_path_factory: pytest.TempPathFactory, kept: int) -> None:
    capture = load_text(tmp_path_factory.mktemp("cut"), DUMP[:kept])
    whole = {1: 1, 18: 12, 19: 3, 20: 0}
    held = capture.extras["goroutines"].set_index("id")["minutes_waiting"]
    assert set(held.index) <= set(whole)
    assert capture.complete == DUMP[:kept].endswith(("0x1d\n", "0x1d\n\n", "0x90\n", "0x90\n\n"))


def test_the_real_dumps_of_one_leak_agree() -> None:
    texts = [hf.load(SAMPLES / f"goroutines.{name}") for name in ("goroutine.txt", "goroutines.txt.gz")]
    assert [capture.profile().allocations["goroutines"].sum() for capture in texts] == [5004, 5004]


def test_the_real_lost_connections_belong_to_the_code_that_reconnects() -> None:
    capture = hf.load(SAMPLES / "connections.goroutines.txt.gz")
    waiting = capture.extras["goroutines"].query("state == 'IO wait'")
    assert (
        waiting["created_by_function"].value_counts()["example.com/linkcrawler/faults.loseConnections"] == 301
    )
