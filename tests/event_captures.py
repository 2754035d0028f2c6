"""Captures with events, written as text.

``+main>load:100`` allocates, ``-main>load:100`` frees, ``|500`` is a memory record of that RSS.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from forensics.builder import Frame, ProfileBuilder
from forensics.capture import Capture, EventChunk, EventStream, Health, Summary, timeline_table
from forensics.profile import Origin, Profile

START_NS = 1_700_000_000_000_000_000
RECORD_NS = 10_000_000


def capture(text: str, *, chunk: int = 3, **extras: object) -> Capture:
    """The capture that these events make; memory records are 10 ms apart."""
    builder, events, rss, heaps = ProfileBuilder(), [], [], []
    heap, interval = 0, -1
    for word in text.split():
        if word.startswith("|"):
            interval += 1
            rss.append(int(word[1:] or 0))
            heaps.append(heap)
            continue
        path, size = word[1:].rsplit(":", 1)
        stack = [Frame(name, language="python") for name in path.split(">")] if path else []
        signed = int(size) if word[0] == "+" else -int(size)
        heap += signed
        if signed >= 0:
            builder.add(stack, thread="MainThread", allocator="malloc", bytes=signed, blocks=1)
        events.append((builder.callsite(stack), signed, interval))
    base = builder.build(Origin(path="events", moment="allocated"))
    return _assemble(base, events, rss, heaps, chunk, extras)


def _assemble(base: Profile, events: list, rss: list, heaps: list, chunk: int, extras: dict) -> Capture:
    columns = np.array(events, dtype=np.int64).reshape(-1, 3)
    times = START_NS + RECORD_NS * np.arange(len(rss))

    def chunks() -> Iterator[EventChunk]:
        for first in range(0, len(columns), chunk):
            part = columns[first : first + chunk]
            yield EventChunk(
                first,
                part[:, 0].astype(np.int32),
                part[:, 1].copy(),
                np.sign(part[:, 1]).astype(np.int8),
                np.zeros(len(part), np.int32),
                np.zeros(len(part), np.uint8),
                part[:, 2].astype(np.int32),
            )

    peak = int(np.cumsum(columns[:, 1]).max(initial=0))
    summaries = {"peak": Summary(peak, 0), "allocated": Summary(base.total_bytes, base.total_blocks)}
    made = Capture(
        origin=Origin(path="events"),
        health=Health(),
        summaries=summaries,
        profiles={"allocated": lambda: base, "peak": lambda: at_peak},
        timeline=timeline_table(times, np.array(rss, np.int64), np.array(heaps, np.int64)),
        event_stream=EventStream(
            chunks=chunks, threads=("MainThread",), allocators=("malloc",), count=len(columns)
        ),
        extras=extras,
    )
    from forensics.replay.stream import profiles_at

    top = int(np.cumsum(columns[:, 1]).argmax()) if len(columns) and peak else -1
    (at_peak,) = profiles_at(made, [top])
    summaries["peak"] = Summary(peak, at_peak.total_blocks)
    return made
