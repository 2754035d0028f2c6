"""The ordered stream of allocations and frees: a second pass over the file.

The pass makes the same rows in the same order as the first one did, so each event's row leads to
the callsite that the profiles use. Memory needed is that of the first pass, bounded by what is live.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from forensics.capture import EventChunk
from forensics.readers.memray_capture import state as s
from forensics.readers.memray_capture.decode import Decoder
from forensics.readers.memray_capture.tables import ARENA_KIND, MMAP

if TYPE_CHECKING:
    from forensics.readers.memray_capture.loading import Opened

CHUNK_EVENTS = 1 << 19
#: Streams up to this long are kept once decoded: 22 bytes an event. A diagnosis asks seven times.
KEPT_EVENTS = 1 << 21


def kept(chunks: Callable[[], Iterator[EventChunk]], count: int) -> Callable[[], Iterator[EventChunk]]:
    """The same chunks at every call; a short stream is decoded at the first one only."""
    if count > KEPT_EVENTS:
        return chunks
    held: list[EventChunk] = []

    def again() -> Iterator[EventChunk]:
        if not held:
            held.extend(map(_read_only, chunks()))
        return iter(held)

    return again


def _read_only(chunk: EventChunk) -> EventChunk:
    for column in chunk[1:]:
        column.flags.writeable = False
    return chunk


def event_chunks(opened: Opened, first_pass: Decoder, callsite_of_row: np.ndarray) -> Iterator[EventChunk]:
    """Chunks of at most `CHUNK_EVENTS` events, in order; nothing where the first pass saw nothing."""
    decoder = Decoder(opened.header, limits=first_pass.limits, emit_events=CHUNK_EVENTS)
    places = first_pass.places[: int(first_pass.state[s.ROWS])]
    label = places["label"].astype(np.int32)
    allocator = np.where(places["kind"] == ARENA_KIND, MMAP, places["kind"]).astype(np.uint8)
    sequence = 0
    for _ in decoder.steps(opened.content()):
        events = decoder.take_events()
        if len(events):
            yield EventChunk(
                first=sequence,
                callsite_id=callsite_of_row[events["row"]],
                bytes=events["bytes"].copy(),
                blocks=events["blocks"].copy(),
                thread=label[events["row"]],
                allocator=allocator[events["row"]],
                interval=events["interval"].copy(),
            )
            sequence += len(events)
