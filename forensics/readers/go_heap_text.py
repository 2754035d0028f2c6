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
    Bucket,
    HeapHeader,
    bucket_health,
    header_kind,
    read_bucket,
    read_header,
    sums_of,
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
    """What the text holds, as written; ``stacks`` are frames of the tree by bucket, innermost first."""

    header: HeapHeader
    buckets: list[Bucket] = field(default_factory=list)
    stacks: list[list[int]] = field(default_factory=list)
    statistics: dict[str, object] = field(default_factory=dict)
    memory_map: MemoryMap = field(default_factory=MemoryMap)
    tree: CallTree = field(default_factory=CallTree)
    #: True while the last bucket may still be followed by lines of its own.
    open_bucket: bool = False

    @property
    def symbolised(self) -> bool:
        return any(self.stacks)


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
    live = [(bucket.live_blocks, bucket.live_bytes) for bucket in heap.buckets]
    allocated = [(bucket.allocated_blocks, bucket.allocated_bytes) for bucket in heap.buckets]
    return snapshot_capture(
        source,
        {
            "live": sampled_profile(source, heap.tree, callsites, live, rate),
            "allocated": sampled_profile(source, heap.tree, callsites, allocated, rate),
        },
        origin=origin,
        health=health,
        timeline=timeline_of([memstats_row(statistics)] if "HeapAlloc" in statistics else []),
        extras={"memstats": statistics} if statistics else {},
    )


def _read(lines: TextLines) -> _GoHeap:
    rows = iter(lines)
    heap = _GoHeap(read_header(lines, next((line for line in rows if line.strip()), "")))
    symbols = SymbolLines(heap.tree)
    for line in rows:
        if line.startswith("#\t") and heap.stacks:
            if (frame := symbols[line]) >= 0:
                heap.stacks[-1].append(frame)
        elif not line.strip():
            heap.open_bucket = False
        elif line.startswith("#"):
            if statistic := _STATISTIC.match(line):
                heap.statistics.update(_statistic(statistic[1], statistic[2].strip()))
        elif is_sentinel(line):
            heap.memory_map = read_memory_map(rows)
        elif bucket := read_bucket(lines, line):
            heap.buckets.append(bucket)
            heap.stacks.append([])
            heap.open_bucket = True
        elif not lines.unterminated:
            raise lines.bad("is neither a bucket nor a symbol of a Go heap profile")
    return heap


def _statistic(name: str, value: str) -> dict[str, object]:
    """Counters under the names of runtime.MemStats: ``Stack = 1 / 2`` is StackInuse and StackSys."""
    in_use, slash, from_system = value.partition(" / ")
    if slash:
        return {**_statistic(f"{name}Inuse", in_use), **_statistic(f"{name}Sys", from_system)}
    return {name: int(value) if _NUMBER.match(value) else value}


def _health(lines: TextLines, heap: _GoHeap) -> Health:
    """How much is there; a last bucket whose lines are cut off is taken out of ``heap``."""
    if heap.open_bucket and (heap.symbolised or lines.unterminated):
        sums = sums_of(lines.source, heap.buckets)
        if heap.symbolised or sums[3] != heap.header.allocated_bytes:
            heap.buckets.pop()
            heap.stacks.pop()
    health = bucket_health(lines, heap.header, sums_of(lines.source, heap.buckets))
    if health.complete and heap.symbolised and LAST_COUNTER not in heap.statistics:
        return lines.health("the counters at its end are missing")
    return health


def _callsites(heap: _GoHeap) -> list[int]:
    """The callsite of each bucket: of its symbols, else of its addresses by the memory map."""
    places = AddressFrames(heap.tree, heap.memory_map, "go")
    return [
        heap.tree.path(reversed(stack)) if stack else places.path(bucket.addresses)
        for bucket, stack in zip(heap.buckets, heap.stacks, strict=True)
    ]
