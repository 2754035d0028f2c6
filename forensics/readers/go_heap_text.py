"""Heap profiles of Go programs as text, ``/debug/pprof/heap?debug=1`` and ``allocs?debug=1``.

Format: a header, buckets of sampled blocks by stack, each followed by ``#`` lines with the symbols,
    and the counters of runtime.MemStats. The rate in the header is twice the sampling rate; counts
    are as sampled and are scaled here. Heap and allocs have the same text.
Source: Go's runtime/pprof/pprof.go (`writeHeapInternal`), runtime/mprof.go.
Seen: Go 1.19; the buckets without symbols of early Go (google/pprof's gobench.heap).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from forensics.builder import CallTree
from forensics.capture import Capture, Health
from forensics.profile import Origin
from forensics.readers.go_symbols import SymbolLines
from forensics.readers.heap_buckets import (
    Buckets,
    HeapHeader,
    bucket_health,
    header_kind,
    read_header,
)
from forensics.readers.memory_map import AddressFrames, MemoryMap, is_sentinel, read_memory_map
from forensics.readers.metrics_rows import memstats_row, timeline_of
from forensics.readers.sampled_buckets import sampled_profile
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines

FORMAT = "go-heap-text"
DESCRIPTION = "Go heap text (debug=1)"

#: The counter that every version of Go writes last, before MaxRSS on some systems.
LAST_COUNTER = "DebugGC"
AS_OF_LAST_COLLECTION = "live bytes are as of the last garbage collection"
RSS_IS_HIGHEST = "rss_bytes of the timeline is the highest so far (MaxRSS)"

_STATISTIC = re.compile(r"^# (\w+) = (.*)$")
_NUMBER = re.compile(r"^\d{1,19}$")


@dataclass
class _GoHeap:
    """What the text holds, as written; ``callsites`` are those of the buckets' symbols, -1 without any."""

    header: HeapHeader
    tree: CallTree
    buckets: Buckets = field(default_factory=Buckets)
    callsites: list[int] = field(default_factory=list)
    statistics: dict[str, object] = field(default_factory=dict)
    memory_map: MemoryMap = field(default_factory=MemoryMap)
    #: True while the last bucket may still be followed by lines of its own.
    open_bucket: bool = False

    @property
    def symbolised(self) -> bool:
        return any(callsite >= 0 for callsite in self.callsites)


def matches(source: Source) -> bool:
    return header_kind(source) == "heap"


def load(source: Source) -> Capture:
    """The capture of this text: moments ``live`` and ``allocated``, estimates with standard errors.

    ``extras["memstats"]`` holds the counters of the trailer under their Go names; where there are
    any, the timeline is one row of them. Raises BadDump.
    """
    lines = TextLines(source)
    heap = _read(lines)
    health = _health(lines, heap)
    statistics = heap.statistics
    rate = heap.header.rate // 2
    origin = Origin(
        format=FORMAT,
        producer="Go runtime/pprof",
        language="go",
        sampling_rate=rate if rate > 1 else None,
        notes=(AS_OF_LAST_COLLECTION, *([RSS_IS_HIGHEST] if "MaxRSS" in statistics else [])),
    )
    callsites = _callsites(heap)
    counts = heap.buckets.columns()
    return snapshot_capture(
        source,
        {
            "live": sampled_profile(source, heap.tree, callsites, counts[:, :2], rate),
            "allocated": sampled_profile(source, heap.tree, callsites, counts[:, 2:], rate),
        },
        origin=origin,
        health=health,
        timeline=timeline_of([memstats_row(statistics)] if "HeapAlloc" in statistics else []),
        extras={"memstats": statistics} if statistics else {},
    )


def _read(lines: TextLines) -> _GoHeap:
    rows = iter(lines)
    header = read_header(lines, next((line for line in rows if line.strip()), ""))
    heap = _GoHeap(header, CallTree(lines.source.most_callsites))
    symbols = SymbolLines(heap.tree)
    stack: list[int] = []
    for line in rows:
        if line.startswith("#\t"):
            if (frame := symbols[line]) >= 0:
                stack.append(frame)
        elif not line.strip():
            heap.open_bucket = False
        elif line.startswith("#"):
            if statistic := _STATISTIC.match(line):
                heap.statistics.update(_statistic(statistic[1], statistic[2].strip()))
        elif heap.buckets.read(lines, line):
            _end_bucket(heap, stack)
            heap.callsites.append(-1)
            heap.open_bucket = True
        elif is_sentinel(line):
            heap.memory_map = read_memory_map(rows)
        elif not lines.unterminated:
            raise lines.bad("is neither a bucket nor a symbol of a Go heap profile")
    _end_bucket(heap, stack)
    return heap


def _end_bucket(heap: _GoHeap, stack: list[int]) -> None:
    """The symbols since the last bucket, innermost first, are its stack."""
    if stack and heap.callsites:
        heap.callsites[-1] = heap.tree.path(reversed(stack))
    stack.clear()


def _statistic(name: str, value: str) -> dict[str, object]:
    """Counters under the names of runtime.MemStats: ``Stack = 1 / 2`` is StackInuse and StackSys."""
    in_use, slash, from_system = value.partition(" / ")
    if slash:
        return {**_statistic(f"{name}Inuse", in_use), **_statistic(f"{name}Sys", from_system)}
    return {name: int(value) if _NUMBER.match(value) else value}


def _health(lines: TextLines, heap: _GoHeap) -> Health:
    """How much is there; a last bucket whose lines are cut off is taken out of ``heap``."""
    if heap.open_bucket and (heap.symbolised or lines.unterminated):
        sums = heap.buckets.sums(lines.source)
        if heap.symbolised or sums[3] != heap.header.allocated_bytes:
            heap.buckets.pop()
            heap.callsites.pop()
    health = bucket_health(lines, heap.header, heap.buckets.sums(lines.source))
    if health.complete and heap.symbolised and LAST_COUNTER not in heap.statistics:
        return lines.health("the counters at its end are missing")
    return health


def _callsites(heap: _GoHeap) -> list[int]:
    """The callsite of each bucket: of its symbols, else of its addresses by the memory map."""
    places = AddressFrames(heap.tree, heap.memory_map, "go")
    return [
        callsite if callsite >= 0 else places.path(addresses)
        for callsite, addresses in zip(heap.callsites, heap.buckets.addresses, strict=True)
    ]
