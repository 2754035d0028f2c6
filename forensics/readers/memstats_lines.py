"""MemStats as programs print them: ``Alloc = 12 MB``, one counter a line or several by tabs.

Format: ``Name = value [unit]`` with the names of runtime.MemStats, ``Goroutines`` and ``RSS``; the
    first name again starts the next scrape, a comment with a time dates it. MB and MiB are 2**20
    bytes, which is how such printers divide; values are then exact to one unit only.
Seen: the metrics endpoint that the crawler of the incident set has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from forensics.capture import Capture
from forensics.profile import Origin
from forensics.readers.metrics_rows import MEMSTATS_COLUMNS, NO_TIMES, bounded, timeline_of, whole
from forensics.readers.scrape_times import stamp_ns
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines, head_lines

FORMAT = "memstats-lines"
DESCRIPTION = "MemStats lines (Alloc = 12 MB)"

COLUMNS = {
    **MEMSTATS_COLUMNS,
    "Goroutines": "goroutines",
    "NumGoroutine": "goroutines",
    "RSS": "rss_bytes",
    "VmRSS": "rss_bytes",
    "Threads": "threads",
}
UNITS = {
    "": 1,
    "B": 1,
    "bytes": 1,
    **dict.fromkeys(("kB", "KB", "KiB"), 1 << 10),
    **dict.fromkeys(("MB", "MiB"), 1 << 20),
    **dict.fromkeys(("GB", "GiB"), 1 << 30),
}

_COUNTER = re.compile(r"^([A-Za-z][A-Za-z0-9 ]{0,40}?) ?[=:] ?(\d{1,19}) ?([A-Za-z]{0,5})$")
#: A file is of this format where its first counter is one of these.
_FIRST = ("Alloc", "HeapAlloc")


def matches(source: Source) -> bool:
    for line in head_lines(source):
        if line.strip() and not line.startswith("#"):
            counters = _counters(line) or [("", 0)]
            return counters[0][0] in _FIRST
    return False


def load(source: Source) -> Capture:
    """A capture of no moments, whose timeline has one row a scrape. Raises BadDump."""
    lines = TextLines(source)
    rows = list(bounded(_rows(lines)))
    note = () if any("time_ns" in row for row in rows) else (NO_TIMES,)
    return snapshot_capture(
        source,
        {},
        origin=Origin(format=FORMAT, producer="MemStats lines", language="go", notes=note),
        health=lines.health(),
        timeline=timeline_of(rows),
    )


def _rows(lines: TextLines) -> Iterator[dict[str, int]]:
    row: dict[str, int] = {}
    seen: set[str] = set()
    for line in lines:
        stamp = stamp_ns(line)
        counters = [] if line.startswith("#") else _counters(line)
        if counters is None and not lines.unterminated:
            raise lines.bad("is no counter like Alloc = 12 MB")
        for name, value in counters or []:
            if name in seen:
                yield row
                row, seen = {}, set()
            seen.add(name)
            if name in COLUMNS:
                row.setdefault(COLUMNS[name], whole(value))
        if stamp:
            if seen:
                yield row
            row, seen = {"time_ns": stamp}, set()
    if seen:
        yield row


def _counters(line: str) -> list[tuple[str, int]] | None:
    """Names and values, in bytes where a unit is given; None where any of the line is no counter."""
    counters = []
    for part in filter(None, (part.strip() for part in line.split("\t"))):
        match = _COUNTER.match(part)
        if match is None or match[3] not in UNITS:
            return None
        counters.append((match[1], int(match[2]) * UNITS[match[3]]))
    return counters
