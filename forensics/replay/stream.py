"""Walking the events of a capture: arrays as the kernels want them, stops, and moments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
import pandas as pd

from forensics.builder import profile_from_columns
from forensics.capture import Capture, EventChunk
from forensics.profile import Profile


def chunks(capture: Capture) -> Iterator[EventChunk]:
    """The events, every column contiguous and of its declared type. Raises CannotReplay."""
    for chunk in capture.events():
        yield EventChunk(
            chunk.first,
            np.ascontiguousarray(chunk.callsite_id, np.int32),
            np.ascontiguousarray(chunk.bytes, np.int64),
            np.ascontiguousarray(chunk.blocks, np.int8),
            np.ascontiguousarray(chunk.thread, np.int32),
            np.ascontiguousarray(chunk.allocator, np.uint8),
            np.ascontiguousarray(chunk.interval, np.int32),
        )


def until(chunk: EventChunk, sequence: int) -> EventChunk:
    """The events of this chunk up to and with this sequence number."""
    keep = max(0, sequence - chunk.first + 1)
    return EventChunk(chunk.first, *(column[:keep] for column in chunk[1:]))


def after(chunk: EventChunk, sequence: int) -> EventChunk:
    """The events of this chunk behind this sequence number."""
    drop = max(0, sequence - chunk.first + 1)
    return EventChunk(chunk.first + drop, *(column[drop:] for column in chunk[1:]))


def time_of(capture: Capture, interval: int) -> datetime | None:
    """The time of the last memory record before an event; None before the first."""
    if not 0 <= interval < len(capture.timeline):
        return capture.origin.started if interval < 0 else None
    return capture.timeline["time"].iloc[interval].to_pydatetime(warn=False)


def arena_bytes(capture: Capture) -> int:
    """The size of a pymalloc arena if this capture sees small objects only as arenas, else 0."""
    size = capture.extras.get("arena_size", 0)
    return size if isinstance(size, int) else 0


def profiles_at(capture: Capture, sequences: Sequence[int]) -> list[Profile]:
    """What was alive right after each of these events, by call path, in one pass.

    The frames and callsites are those of the capture's other moments.
    """
    wanted = sorted(set(sequences))
    found: dict[int, Profile] = {}
    live = _Live(capture)
    for chunk in chunks(capture):
        last = chunk.first + len(chunk.bytes) - 1
        while wanted and wanted[0] <= last:
            live.add(until(chunk, wanted[0]))
            found[wanted[0]] = live.profile()
            chunk = after(chunk, wanted.pop(0))
        if not wanted:
            break
        live.add(chunk)
    for sequence in wanted:
        found[sequence] = live.profile()
    return [found[sequence] for sequence in sequences]


class _Live:
    """Live bytes and blocks by (callsite, thread, allocator), added up chunk by chunk."""

    def __init__(self, capture: Capture) -> None:
        self._capture = capture
        self._stream = capture.events()
        self._arena = arena_bytes(capture)
        self._mmap = np.array([name == "mmap" for name in self._stream.allocators], dtype=bool)
        self._held = pd.DataFrame({"key": np.zeros(0, np.int64)}).assign(bytes=0, blocks=0, arena_bytes=0)

    def add(self, chunk: EventChunk) -> None:
        """Fold one chunk in: keys are factorised, so the cost is linear."""
        threads, allocators = max(1, len(self._stream.threads)), max(1, len(self._stream.allocators))
        key = (chunk.callsite_id.astype(np.int64) * threads + chunk.thread) * allocators + chunk.allocator
        arena = np.zeros(len(key), np.int64)
        if self._arena:
            is_arena = (np.abs(chunk.bytes) == self._arena) & self._mmap[chunk.allocator]
            arena = np.where(is_arena, chunk.bytes, 0)
        added = pd.DataFrame(
            {"key": key, "bytes": chunk.bytes, "blocks": chunk.blocks.astype(np.int64), "arena_bytes": arena}
        )
        both = pd.concat([self._held, added], ignore_index=True)
        summed = both.groupby("key", sort=False).sum().reset_index()
        self._held = summed[(summed["bytes"] != 0) | (summed["blocks"] != 0)].reset_index(drop=True)

    def profile(self) -> Profile:
        """The profile of what is held now; rows in callsite order."""
        held = self._held.sort_values("key", ignore_index=True)
        threads, allocators = max(1, len(self._stream.threads)), max(1, len(self._stream.allocators))
        key = held["key"].to_numpy()
        base = self._capture.profile("allocated" if "allocated" in self._capture.profiles else None)
        values = {"bytes": held["bytes"].to_numpy(), "blocks": held["blocks"].to_numpy().clip(min=0)}
        measures = {"bytes": "bytes", "blocks": "blocks"}
        if self._arena:
            values["arena_bytes"] = held["arena_bytes"].to_numpy()
            measures["arena_bytes"] = "bytes"
        return profile_from_columns(
            frames=base.frames,
            parent_id=base.callsites["parent_id"].to_numpy(),
            frame_id=base.callsites["frame_id"].to_numpy(),
            depth=base.callsites["depth"].to_numpy(),
            callsite_id=key // (threads * allocators),
            thread=pd.Categorical.from_codes(
                (key // allocators % threads).astype(int), list(self._stream.threads) or [""]
            ),
            allocator=pd.Categorical.from_codes(
                (key % allocators).astype(int), list(self._stream.allocators) or [""]
            ),
            values=values,
            measures=measures,
            origin=base.origin,
        )
