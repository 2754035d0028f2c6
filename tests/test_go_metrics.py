"""Timelines from expvar, Prometheus text and printed MemStats."""

from __future__ import annotations

from pathlib import Path

import pytest

import forensics as hf
from tests.written import load_text, write

SAMPLES = Path(__file__).parent.parent / "sample_dumps" / "incidents" / "link_crawler" / "dumps"

PROMETHEUS = """\
# HELP go_goroutines Number of goroutines that currently exist.
# TYPE go_goroutines gauge
go_goroutines 12
go_gc_duration_seconds{quantile="0.5"} 3.1e-05
go_gc_duration_seconds_count 7
go_memstats_alloc_bytes 2.097152e+06
go_memstats_last_gc_time_seconds 1.7519667545e+09
go_memstats_sys_bytes 8.3886080e+07
http_requests_total{path="/a b",code="200"} 1027 1751966754500
process_resident_memory_bytes 5.4525952e+07
"""
EXPVAR = (
    '{\n"cmdline": ["/srv/app/crawler","-pages","9"],\n"jobs": 4,\n'
    '"memstats": {"Alloc":1000,"TotalAlloc":5000,"Sys":9000,"HeapAlloc":1000,"StackInuse":64,"NumGC":3,'
    '"LastGC":1751966754000000000,"PauseNs":[1,2],"BySize":[{"Size":8}]}\n}\n'
)
PRINTED = "Alloc = 12 MB\nTotalAlloc = 90 MB\nSys = 30 MB\nNumGC = 5\nGoroutines = 55\n"


def test_prometheus_metrics_become_a_row(tmp_path: Path) -> None:
    (row,) = load_text(tmp_path, PROMETHEUS).timeline.to_dict("records")
    assert str(row.pop("time")) == "2025-07-08 09:25:54.500000+00:00"
    assert row == {
        "rss_bytes": 54525952,
        "heap_bytes": 2097152,
        "goroutines": 12,
        "sys_bytes": 83886080,
        "num_gc": 7,
    }


def test_a_series_that_comes_again_starts_the_next_scrape(tmp_path: Path) -> None:
    later = PROMETHEUS.replace("go_goroutines 12", "go_goroutines 99").replace(
        "1.7519667545e+09", "1.751966760e+09"
    )
    capture = load_text(tmp_path, PROMETHEUS + later)
    assert capture.timeline["goroutines"].tolist() == [12, 99]
    assert capture.origin.notes == ("times are those of the last garbage collection before each scrape",)


def test_dates_between_scrapes_are_their_times(tmp_path: Path) -> None:
    capture = load_text(tmp_path, f"# 2025-07-08T09:00:00Z\n{PROMETHEUS}# 1751966754\n{PROMETHEUS}")
    assert [str(time) for time in capture.timeline["time"]] == [
        "2025-07-08 09:00:00+00:00",
        "2025-07-08 09:25:54+00:00",
    ]
    assert capture.origin.notes == ()


def test_a_python_process_has_a_resident_set_and_no_go_heap(tmp_path: Path) -> None:
    text = "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 3.2e+07\n# EOF\n"
    capture = load_text(tmp_path, text)
    assert capture.timeline[["rss_bytes", "heap_bytes"]].values.tolist() == [[32000000, -1]]
    assert capture.peak_rss_bytes == 32000000
    assert capture.origin.language == ""


def test_metrics_without_memory_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path, "# TYPE up gauge\nup 1\n")
    with pytest.raises(hf.BadDump, match="without any of memory; scrape the Go or process collector"):
        hf.load(path)


def test_numbers_that_are_none_are_unknown(tmp_path: Path) -> None:
    text = "go_goroutines NaN\nprocess_resident_memory_bytes 1e30\ngo_memstats_sys_bytes -5\n"
    assert load_text(tmp_path, text).timeline[["goroutines", "rss_bytes", "sys_bytes"]].values.tolist() == [
        [-1, -1, -1]
    ]


def test_expvar_gives_a_row_and_its_variables(tmp_path: Path) -> None:
    capture = load_text(tmp_path, EXPVAR)
    (row,) = capture.timeline.to_dict("records")
    assert (row["heap_bytes"], row["rss_bytes"], row["sys_bytes"], row["stack_bytes"]) == (1000, -1, 9000, 64)
    assert str(row["time"]) == "2025-07-08 09:25:54+00:00"
    assert capture.extras["variables"] == {"jobs": 4}
    assert capture.origin.command == "/srv/app/crawler -pages 9"
    assert capture.moments == ()


def test_expvar_scrapes_that_follow_each_other_are_a_timeline(tmp_path: Path) -> None:
    later = EXPVAR.replace('"HeapAlloc":1000', '"HeapAlloc":7000').replace("1751966754", "1751966760")
    assert load_text(tmp_path, EXPVAR + later).timeline["heap_bytes"].tolist() == [1000, 7000]


def test_a_last_scrape_that_is_cut_is_left_out_and_said(tmp_path: Path) -> None:
    capture = load_text(tmp_path, EXPVAR + EXPVAR[:-20])
    assert len(capture.timeline) == 1
    assert capture.health.detail == "document 2 is not whole"


def test_printed_memstats_count_in_binary_units(tmp_path: Path) -> None:
    (row,) = load_text(tmp_path, PRINTED).timeline.to_dict("records")
    assert str(row.pop("time")) == "NaT"
    assert row == {
        "rss_bytes": -1,
        "heap_bytes": 12 << 20,
        "allocated_bytes": 90 << 20,
        "sys_bytes": 30 << 20,
        "num_gc": 5,
        "goroutines": 55,
    }


def test_printed_memstats_on_one_line_by_tabs_are_read(tmp_path: Path) -> None:
    text = "Alloc = 1 MiB\tTotalAlloc = 2 MiB\tSys = 9 MiB\tNumGC = 0\nAlloc = 3 MiB\tTotalAlloc = 5 MiB\n"
    assert load_text(tmp_path, text).timeline["heap_bytes"].tolist() == [1 << 20, 3 << 20]


def test_undated_scrapes_say_that_only_their_order_is_known(tmp_path: Path) -> None:
    assert load_text(tmp_path, PRINTED * 2).origin.notes == (
        "the scrapes carry no time; only their order is known",
    )


def test_the_real_crawl_grows_before_and_not_after() -> None:
    before, after = (hf.load(SAMPLES / f"{run}.metrics.txt").timeline for run in ("before", "after"))
    assert before["heap_bytes"].max() > 400 << 20
    assert after["heap_bytes"].max() < 60 << 20
    assert before["time"].is_monotonic_increasing
    assert before["goroutines"].max() > 150


def test_a_capture_without_moments_says_so(tmp_path: Path) -> None:
    with pytest.raises(hf.ForensicsError, match="has no moment 'live'; it has: none"):
        load_text(tmp_path, PRINTED).profile()


def test_a_time_beyond_what_a_timeline_can_hold_is_no_time(tmp_path: Path) -> None:
    timeline = load_text(tmp_path, "# 9025-07-08T09:25:54Z\nAlloc = 12 MB\n").timeline
    assert timeline["time"].isna().tolist() == [True]
    assert timeline["heap_bytes"].tolist() == [12 << 20]
