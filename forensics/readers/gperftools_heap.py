"""Heap profiles of gperftools and tcmalloc as text: exact, sampled, growth, fragmentation.

Format: a header whose last word is the kind, buckets of blocks by stack (return addresses,
    innermost first), then ``MAPPED_LIBRARIES:`` or ``--- Memory map: ---`` and the process's
    mappings. No symbols.
Source: gperftools' heap-profile-table.cc and malloc_extension.cc; google/pprof's `parseHeap`.
Seen: gperftools 2.10 (exact), google/pprof's cppbench.heap (sampled) and cppbench.growth.

Kinds: ``heapprofile`` counts every allocation; ``heap_v2/RATE`` and ``heapz_v2/RATE`` are sampled and
scaled here; ``growthz`` is what was taken from the system, by the call that needed it;
``fragmentationz`` is memory lost between blocks.
"""

from __future__ import annotations

from forensics.builder import CallTree
from forensics.capture import Capture, Health
from forensics.profile import Origin, Profile
from forensics.readers.heap_buckets import (
    Buckets,
    HeapHeader,
    bucket_health,
    header_kind,
    read_header,
)
from forensics.readers.memory_map import AddressFrames, MemoryMap, is_sentinel, read_memory_map
from forensics.readers.sampled_buckets import sampled_profile
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines

FORMAT = "gperftools-heap"
DESCRIPTION = "gperftools or tcmalloc heap text"

#: Kind to what its numbers are, shown to the reader.
KINDS = {
    "heapprofile": "every allocation was counted",
    "heap_v2": "sampled",
    "heapz_v2": "sampled",
    "growth": "bytes are what was taken from the system, by the call that needed it",
    "growthz": "bytes are what was taken from the system, by the call that needed it",
    "fragmentation": "bytes are what is lost between blocks",
    "fragmentationz": "bytes are what is lost between blocks",
}
SAMPLED = ("heap_v2", "heapz_v2")


def matches(source: Source) -> bool:
    return header_kind(source) in KINDS


def load(source: Source) -> Capture:
    """The capture of this text: moment ``live``, and ``allocated`` where the header counts it apart.

    A growth profile has the moment ``allocated`` alone. Raises BadDump.
    """
    lines = TextLines(source)
    rows = iter(lines)
    header = read_header(lines, next((line for line in rows if line.strip()), ""))
    buckets = Buckets()
    memory_map = MemoryMap()
    ends_in_bucket = False
    for line in rows:
        ends_in_bucket = buckets.read(lines, line)
        if ends_in_bucket:
            continue
        if is_sentinel(line):
            memory_map = read_memory_map(rows)
        elif line.strip() and not line.startswith("#") and not lines.unterminated:
            raise lines.bad("is no bucket of a heap profile")
    health = _health(lines, header, buckets, ends_in_bucket=ends_in_bucket)
    rate = header.rate if header.kind in SAMPLED else 1
    return snapshot_capture(
        source,
        _profiles(source, header, buckets, memory_map, rate),
        origin=Origin(
            format=FORMAT,
            producer=f"gperftools ({header.kind})",
            language="native",
            sampling_rate=rate if rate > 1 else None,
            notes=(KINDS[header.kind],),
        ),
        health=health,
    )


def _health(lines: TextLines, header: HeapHeader, buckets: Buckets, *, ends_in_bucket: bool) -> Health:
    """How much is there; a last bucket that is cut off in its addresses is taken out."""
    sums = buckets.sums(lines.source)
    if ends_in_bucket and lines.unterminated and sums[1] != header.live_bytes:
        buckets.pop()
        sums = buckets.sums(lines.source)
    return bucket_health(lines, header, sums)


def _profiles(
    source: Source, header: HeapHeader, buckets: Buckets, memory_map: MemoryMap, rate: int
) -> dict[str, Profile]:
    tree = CallTree(source.most_callsites)
    places = AddressFrames(tree, memory_map)
    callsites = [places.path(addresses) for addresses in buckets.addresses]
    counts = buckets.columns()
    live, allocated = counts[:, :2], counts[:, 2:]
    if header.kind.startswith("growth"):
        return {"allocated": sampled_profile(source, tree, callsites, live, rate)}
    profiles = {"live": sampled_profile(source, tree, callsites, live, rate)}
    if _counts_allocated(header):
        profiles["allocated"] = sampled_profile(source, tree, callsites, allocated, rate)
    return profiles


def _counts_allocated(header: HeapHeader) -> bool:
    """False where the numbers in brackets repeat the live ones or are 0, as pprof sees it."""
    live, allocated = header[:2], header[2:4]
    return any(a not in (b, 0) for a, b in zip(allocated, live, strict=True))
