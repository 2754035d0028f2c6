"""Timelines out of counters: what scrapes of a metrics endpoint and MemStats have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

import numpy as np
import pandas as pd

from forensics.builder import OutOfRoom
from forensics.capture import timeline_table

#: Counter of Go's runtime.MemStats to the timeline column that it fills.
MEMSTATS_COLUMNS = {
    "Alloc": "heap_bytes",
    "HeapAlloc": "heap_bytes",
    "MaxRSS": "rss_bytes",
    "LastGC": "time_ns",
    "TotalAlloc": "allocated_bytes",
    "Sys": "sys_bytes",
    "HeapSys": "heap_sys_bytes",
    "HeapInuse": "heap_inuse_bytes",
    "HeapIdle": "heap_idle_bytes",
    "HeapReleased": "heap_released_bytes",
    "HeapObjects": "heap_objects",
    "StackInuse": "stack_bytes",
    "NextGC": "next_gc_bytes",
    "NumGC": "num_gc",
    "Mallocs": "mallocs",
    "Frees": "frees",
}
TIMES_OF_LAST_COLLECTION = "times are those of the last garbage collection before each scrape"
NO_TIMES = "the scrapes carry no time; only their order is known"

#: Three days of a scrape a second.
MOST_SCRAPES = 1 << 18

_LARGEST = (1 << 63) - 1
_NO_TIME = int(np.iinfo(np.int64).min)


_Scrape = TypeVar("_Scrape")


def bounded(scrapes: Iterable[_Scrape]) -> Iterator[_Scrape]:
    """The same scrapes. Raises OutOfRoom where there are more than one timeline may have."""
    rest = iter(scrapes)
    yield from islice(rest, MOST_SCRAPES)
    for _ in rest:
        raise OutOfRoom(f"more than {MOST_SCRAPES} scrapes")


def memstats_row(statistics: Mapping[str, object]) -> dict[str, int]:
    """One row of the timeline from counters under their Go names; LastGC 0 is no time."""
    row = {
        column: whole(value)
        for name, column in MEMSTATS_COLUMNS.items()
        if isinstance(value := statistics.get(name), int | float) and not isinstance(value, bool)
    }
    if row.get("time_ns", 0) <= 0:
        row.pop("time_ns", None)
    return row


def whole(value: float) -> int:
    """The value as int64: cut to a whole number, -1 (unknown) where it is none or does not fit."""
    if isinstance(value, float) and not np.isfinite(value):
        return -1
    return int(value) if 0 <= value <= _LARGEST else -1


def timeline_of(rows: Iterable[Mapping[str, int]]) -> pd.DataFrame:
    """A timeline of these rows: time (NaT where a row has no ``time_ns``), rss_bytes, heap_bytes, then
    every other column that any row has; -1 is unknown. In order of time where every row has one."""
    kept = list(rows)
    further = dict.fromkeys(name for row in kept for name in row)
    table = timeline_table(
        _column(kept, "time_ns", _NO_TIME), _column(kept, "rss_bytes"), _column(kept, "heap_bytes")
    )
    for name in further:
        if name not in ("time_ns", "rss_bytes", "heap_bytes"):
            table[name] = _column(kept, name)
    if table["time"].isna().any():
        return table
    return table.sort_values("time", kind="stable", ignore_index=True)


def _column(rows: list[Mapping[str, int]], name: str, unknown: int = -1) -> np.ndarray:
    return np.array([row.get(name, unknown) for row in rows], dtype=np.int64)
