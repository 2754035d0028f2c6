"""Memory metrics in the Prometheus text format, ``/metrics`` of Go and Python programs.

Format: ``# HELP`` and ``# TYPE`` lines, ``name{labels} value [milliseconds]``; a name with the same
    labels again starts the next scrape. A comment that holds a time (ISO 8601, or seconds since 1970)
    dates the scrape that follows it.
Source: prometheus.io/docs/instrumenting/exposition_formats; the Go and process collectors of
    prometheus/client_golang and prometheus/client_python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from forensics.capture import Capture
from forensics.profile import Origin
from forensics.readers.metrics_rows import (
    NO_TIMES,
    TIMES_OF_LAST_COLLECTION,
    bounded,
    timeline_of,
    whole,
)
from forensics.readers.scrape_times import stamp_ns
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines, head_lines

FORMAT = "prometheus-text"
DESCRIPTION = "Prometheus metrics text"

#: Metric to timeline column. Of two for one column the first that a scrape holds counts.
COLUMNS = {
    "go_memstats_heap_alloc_bytes": "heap_bytes",
    "go_memstats_alloc_bytes": "heap_bytes",
    "process_resident_memory_bytes": "rss_bytes",
    "process_virtual_memory_bytes": "virtual_bytes",
    "process_open_fds": "open_files",
    "go_goroutines": "goroutines",
    "go_threads": "threads",
    "go_memstats_alloc_bytes_total": "allocated_bytes",
    "go_memstats_sys_bytes": "sys_bytes",
    "go_memstats_heap_sys_bytes": "heap_sys_bytes",
    "go_memstats_heap_inuse_bytes": "heap_inuse_bytes",
    "go_memstats_heap_idle_bytes": "heap_idle_bytes",
    "go_memstats_heap_released_bytes": "heap_released_bytes",
    "go_memstats_heap_objects": "heap_objects",
    "go_memstats_stack_inuse_bytes": "stack_bytes",
    "go_memstats_next_gc_bytes": "next_gc_bytes",
    "go_gc_duration_seconds_count": "num_gc",
}
LAST_COLLECTION = "go_memstats_last_gc_time_seconds"

_START = re.compile(r"^# (?:HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]*(?: .*)?$")
_SAMPLE = re.compile(
    r"^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})?[ \t]+"
    r"([-+]?(?:\d{1,30}(?:\.\d{0,30})?(?:[eE][-+]?\d{1,4})?|Inf|NaN))"
    r"(?:[ \t]+(-?\d{1,16}(?:\.\d{1,9})?))?(?: #.*)?$"
)
#: Timestamps below are seconds (OpenMetrics), from there on milliseconds.
FIRST_MILLISECONDS = 100_000_000_000
END = "# EOF"


@dataclass(slots=True)
class _Scrape:
    """The memory metrics of one scrape and the series that it has shown so far."""

    values: dict[str, float] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    stamp_ns: int = 0


def matches(source: Source) -> bool:
    rows = [line for line in head_lines(source) if line.strip() and not stamp_ns(line)]
    if not rows:
        return False
    sample = _SAMPLE.match(rows[0])
    return _START.match(rows[0]) is not None or (sample is not None and sample[1] in COLUMNS)


def load(source: Source) -> Capture:
    """A capture of no moments, whose timeline has one row a scrape. Raises BadDump."""
    lines = TextLines(source)
    scrapes = [scrape for scrape in bounded(_scrapes(lines)) if scrape.values]
    if not scrapes:
        raise lines.bad("ends the metrics without any of memory", "scrape the Go or process collector")
    dated = any(scrape.stamp_ns for scrape in scrapes)
    rows = [_row(scrape, dated=dated) for scrape in scrapes]
    language = "go" if any("go_goroutines" in scrape.values for scrape in scrapes) else ""
    collected = any("time_ns" in row for row in rows)
    note = () if dated else (TIMES_OF_LAST_COLLECTION if collected else NO_TIMES,)
    return snapshot_capture(
        source,
        {},
        origin=Origin(format=FORMAT, producer="Prometheus text format", language=language, notes=note),
        health=lines.health("its last line is cut off" if lines.unterminated else ""),
        timeline=timeline_of(rows),
    )


def _scrapes(lines: TextLines) -> Iterator[_Scrape]:
    scrape = _Scrape()
    for line in lines:
        stamp = stamp_ns(line)
        if line == END or stamp:
            if scrape.seen:
                yield scrape
                scrape = _Scrape()
            scrape.stamp_ns = stamp
        elif sample := _SAMPLE.match(line):
            series = f"{sample[1]}{sample[2] or ''}"
            if series in scrape.seen:
                yield scrape
                scrape = _Scrape()
            _add(scrape, series, sample)
        elif line.strip() and not line.startswith("#") and not lines.unterminated:
            raise lines.bad("is no sample of the Prometheus text format")
    yield scrape


def _add(scrape: _Scrape, series: str, sample: re.Match[str]) -> None:
    scrape.seen.add(series)
    if series in COLUMNS or series == LAST_COLLECTION:
        scrape.values[series] = float(sample[3])
        if sample[4] and not scrape.stamp_ns:
            stamp = float(sample[4])
            scrape.stamp_ns = int(stamp * (1_000_000 if stamp >= FIRST_MILLISECONDS else 1_000_000_000))


def _row(scrape: _Scrape, *, dated: bool) -> dict[str, int]:
    row: dict[str, int] = {}
    for metric, column in COLUMNS.items():
        if metric in scrape.values:
            row.setdefault(column, whole(scrape.values[metric]))
    time_ns = scrape.stamp_ns if dated else whole(scrape.values.get(LAST_COLLECTION, 0) * 1e9)
    if time_ns > 0:
        row["time_ns"] = time_ns
    return row
