"""Go goroutine and threadcreate text (debug=1): counts by stack under a measure of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

import forensics as hf
from tests.written import load_text, stacks, write

SAMPLES = Path(__file__).parent.parent / "sample_dumps" / "incidents" / "link_crawler" / "dumps"

GOROUTINES = """\
goroutine profile: total 5003
5000 @ 0x43a1d6 0x405e2c 0x6e1a85
# labels: {"job":"example.org", "kind":"crawl"}
#\t0x6e1a84\tmain.waitForTasks+0x84\t/srv/app/main.go:61

2 @ 0x43a1d6 0x6e1000
#\t0x6e0fff\tnet/http.(*persistConn).readLoop+0x1f\t/usr/lib/go/src/net/http/transport.go:2213

1 @ 0x43b000 0x46b4a1
#\t0x43afff\tmain.main+0x2f\t\t/srv/app/main.go:20
#\t0x46b4a0\truntime.main+0x20\t/usr/lib/go/src/runtime/proc.go:250

"""


def test_goroutines_are_counted_by_stack(tmp_path: Path) -> None:
    profile = load_text(tmp_path, GOROUTINES).profile("live")
    assert stacks(profile, "goroutines") == {
        "main.waitForTasks": 5000,
        "net/http.(*persistConn).readLoop": 2,
        "runtime.main > main.main": 1,
    }


def test_goroutines_are_the_measure_and_bytes_are_not_invented(tmp_path: Path) -> None:
    capture = load_text(tmp_path, GOROUTINES)
    profile = capture.profile()
    assert profile.primary_measure == "goroutines"
    assert dict(profile.measures) == {"goroutines": "goroutines", "bytes": "bytes", "blocks": "blocks"}
    assert (profile.total_bytes, profile.total_blocks) == (0, 0)
    assert capture.profile().allocations["goroutines"].sum() == 5003


def test_labels_point_at_their_callsite(tmp_path: Path) -> None:
    capture = load_text(tmp_path, GOROUTINES)
    (row,) = capture.extras["labels"].to_dict("records")
    assert capture.profile().stack(row["callsite_id"])["function"].tolist() == ["main.waitForTasks"]
    assert (row["labels"], row["count"]) == ('{"job":"example.org", "kind":"crawl"}', 5000)


def test_threadcreate_counts_threads(tmp_path: Path) -> None:
    capture = load_text(tmp_path, "threadcreate profile: total 3\n2 @ 0x44cb3 0x45045\n1 @\n")
    assert stacks(capture.profile(), "threads") == {"0x45044 > 0x44cb2": 2, "(no stack)": 1}


def test_a_custom_profile_counts_things_of_its_name(tmp_path: Path) -> None:
    capture = load_text(tmp_path, "# comment\n\nopen/files-9 profile: total 4\n4 @ 0x10\n")
    assert capture.profile().primary_measure == "open_files_9"
    assert capture.profile().allocations["open_files_9"].tolist() == [4]


@pytest.mark.parametrize("name", ["bytes", "thread", "allocator", "///"])
def test_a_custom_profile_may_have_any_name(tmp_path: Path, name: str) -> None:
    profile = load_text(tmp_path, f"{name} profile: total 4\n4 @ 0x10\n").profile()
    assert profile.allocations[profile.primary_measure].tolist() == [4]
    assert profile.total_bytes == 0


def test_a_cut_text_says_how_many_are_missing(tmp_path: Path) -> None:
    capture = load_text(tmp_path, GOROUTINES[: GOROUTINES.index("1 @ 0x43b000")])
    assert not capture.complete
    assert capture.health.detail == "it holds 5002 of 5003 goroutines"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("-3 @ 0x1", "line 2 holds a negative count"),
        ("9999999999999999999 @ 0x1", "line 2 holds a count beyond 2**63"),
        ("9223372036854775807 @ 0x1\n1 @ 0x2", "beyond 2**63"),
        ("1 @ 0xfffffffffffffffff", "line 2 is neither a count nor a symbol"),
    ],
)
def test_impossible_counts_are_refused(tmp_path: Path, row: str, fault: str) -> None:
    with pytest.raises(hf.BadDump) as error:
        hf.load(write(tmp_path, f"goroutine profile: total 1\n{row}\n"))
    assert fault in str(error.value)


def test_the_real_leak_is_one_stack_of_five_thousand() -> None:
    profile = hf.load(SAMPLES / "goroutines.goroutine.txt").profile()
    assert max(stacks(profile, "goroutines").items(), key=lambda item: item[1]) == (
        "example.com/linkcrawler/faults.waitForTasks",
        5000,
    )
