"""How memory of groups of callsites comes and goes: what grows, fills up, stays or passes.

One pass over the events of a capture. The axis is the program's *work*: the number of allocations, not
counting imports, so that neither a slow start nor an idle minute stretches it, nor does a long teardown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forensics.capture import Capture, EventChunk
from forensics.curves import (
    LATE,
    LEVEL_SHARE,
    NEAR_LEVEL,
    STEADY,
    Behaviour,
    arrives,
    before_exit,
    begins,
    behaviour,
    climbs,
    in_jumps,
    last_high,
    lasting,
    levelled_off,
    passes,
    steadiness,
)
from forensics.history import History
from forensics.sums import add_levels, add_steps

#: Steps of the axis on which behaviour is judged.
STEPS = 64
_FINEST = 2048
#: Allocators reserve address space in powers of two from this size on (OpenBLAS 32 MiB, mimalloc 1 GiB).
RESERVED_FROM = 32 << 20
#: A rise over fewer steps than this is a jump.
FEWEST_STEPS = 10
#: What came only from here on was not held throughout.
LAST_PART = 7 / 8
#: A curve of fewer blocks than this is drawn by bytes.
ENOUGH_BLOCKS = 20
#: What had arrived in this first part of the time, with so many steps of work after it, came at the start.
AT_THE_START = 0.1
FEWEST_AFTER = 2
#: A timeline of fewer records tells no time.
FEWEST_RECORDS = 16
#: From so many on, bytes that come in a jump while the blocks stay as many are a table's.
MANY_BLOCKS = 1_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Lifetimes:
    """Per step of work and group: int64 arrays of shape (steps, groups), and totals per group.

    ``live_bytes`` and ``live_blocks`` stand at the end of each step; ``added_blocks`` came within it,
    ``entered_blocks`` of them at callsites that hold what the group holds: the others only pass by.
    ``interval`` is the timeline row of each step's end, ``times`` when that was, in ns; empty where the
    timeline has too few rows to tell.
    """

    live_bytes: np.ndarray
    live_blocks: np.ndarray
    added_blocks: np.ndarray
    entered_blocks: np.ndarray
    interval: np.ndarray
    freed_blocks: np.ndarray
    #: int64 per group: the level after the last allocation of work, when only the exit is left.
    last_bytes: np.ndarray
    times: np.ndarray

    @property
    def allocated_blocks(self) -> np.ndarray:
        """int64 per group: all blocks ever."""
        return self.added_blocks.sum(axis=0)

    @property
    def highest_bytes(self) -> np.ndarray:
        """int64 per group: the highest level at the end of any step."""
        return self.live_bytes.max(axis=0, initial=0)

    def behaviour(self, group: int) -> Behaviour:
        """What a group does over the program's work."""
        live, blocks = self.live_bytes[:, group], self.live_blocks[:, group]
        added = self.entered_blocks[:, group]
        held = before_exit(blocks) if passes(live) else blocks
        entries = int(held[-1]) if len(held) else 0
        found = behaviour(live, added, entries)
        if found not in ("grows", "rises"):
            return found
        # What is built at first, a client with its certificates, say, may take most of all allocations.
        if self.arrived_within(live, AT_THE_START):
            return "stays"
        if entries >= MANY_BLOCKS and in_jumps(live):
            # A table of entries is made anew, twice as large, while they are as many as before.
            by_blocks = behaviour(blocks, added, entries)
            return by_blocks if by_blocks in ("fills", "stays") else found
        return found

    def share_of_time(self, step: int) -> float:
        """How much of the time from the first step to the last had passed at the end of one; 0 unknown."""
        return float((self.times[step] - self.times[0]) / self._span) if self._span else 0.0

    @property
    def _span(self) -> int:
        return int(self.times[-1] - self.times[0]) if len(self.times) else 0

    def arrived_within(self, live: np.ndarray, share: float) -> bool:
        """Whether a curve had arrived within this first share of the time, and other work went on."""
        arrived = arrives(live)
        went_on = arrived < len(live) - FEWEST_AFTER
        return went_on and bool(self._span) and self.share_of_time(arrived) <= share

    def climbs_by_clock(self, group: int) -> bool:
        """Whether a group grows until the end as the clock shows it, step by step."""
        live = self.live_bytes[:, group]
        if not self._span or np.count_nonzero(np.diff(lasting(live))) < FEWEST_STEPS:
            return False
        clock = np.linspace(self.times[0], self.times[-1], STEPS)
        by_clock = live[np.searchsorted(self.times, clock, side="right") - 1]
        return climbs(lasting(by_clock), int(self.live_blocks[-1, group]))

    def steadiness(self, group: int) -> float:
        """How evenly a group grows, 0 to 1: the gain of the weakest third over that of an even third."""
        return steadiness(before_exit(self.live_bytes[:, group]))

    def level(self, group: int) -> np.ndarray:
        """int64 per step before the exit: a group's blocks where these draw a curve, else its bytes."""
        blocks = before_exit(self.live_blocks[:, group])
        return blocks if blocks.max(initial=0) >= ENOUGH_BLOCKS else before_exit(self.live_bytes[:, group])

    def curve(self, group: int) -> np.ndarray:
        """The level of a group as shares of its highest."""
        level = self.level(group)
        return level / max(int(level.max(initial=0)), 1)

    def climbs(self, group: int) -> bool:
        """Whether the level of a group grows until the exit."""
        level = self.level(group)
        return len(level) >= 8 and level.max() > 0 and climbs(level)

    def came_at_the_end(self, group: int) -> bool:
        """Whether half of a group's highest level came only in the last eighth of the work."""
        live = self.live_bytes[:, group]
        return len(live) > 0 and bool(np.argmax(live >= 0.5 * live.max(initial=1)) >= LAST_PART * len(live))

    def still_came(self, group: int) -> bool:
        """Whether a group came in the second half of the work, and had not come to rest at its end."""
        live, entries = self.live_bytes[:, group], int(self.live_blocks[-1, group])
        late = begins(live) >= 0.5 * len(live) and arrives(live) >= LATE * len(live)
        return late and not levelled_off(live, entries)

    def rose_late(self, group: int) -> bool:
        """Whether a group rose evenly in the last part of the work, until the exit let it go."""
        live = self.live_bytes[:, group]
        live = live[: last_high(live) + 1] if passes(live) else live[:0]
        if not len(live) or live[-1] < LEVEL_SHARE * live.max():
            return False
        rising = live[begins(live) :]
        return len(rising) >= FEWEST_STEPS and steadiness(rising) >= STEADY

    def there_at_exit(self, group: int) -> bool:
        """Whether most of a group's highest level was there until nothing but the exit was left."""
        return bool(self.last_bytes[group] >= NEAR_LEVEL * self.live_bytes[:, group].max(initial=1))

    def let_go_at_exit(self, group: int) -> bool:
        """Whether a group held its memory until the work ended, and only the exit gave it back."""
        return passes(self.live_bytes[:, group]) and self.behaviour(group) != "passes"


def lifetimes(
    capture: Capture,
    group_of: np.ndarray,
    *,
    work: np.ndarray,
    owned: np.ndarray | None = None,
    holds: np.ndarray | None = None,
) -> Lifetimes:
    """The lifetimes of groups of callsites.

    ``group_of`` int per callsite (-1: of no group); ``work`` bool per callsite: its allocations
    move the axis; ``owned`` bool per callsite: the application's own work, after the last of which
    only the exit is left (else all work); ``holds`` bool per callsite: it holds what its group holds
    (else all do). A stored history has an axis of its own. Raises CannotReplay
    where the capture has neither events nor a history.
    """
    groups = int(group_of.max(initial=-1)) + 1
    if holds is None:
        return _lifetimes(capture, group_of, groups, work, owned)
    # What passes by is followed apart, as another group, and added to its own in the end.
    apart = np.where((group_of >= 0) & ~holds, group_of + groups, group_of)
    return _folded(_lifetimes(capture, apart, 2 * groups, work, owned), groups)


def _lifetimes(
    capture: Capture, group_of: np.ndarray, groups: int, work: np.ndarray, owned: np.ndarray | None
) -> Lifetimes:
    if capture.event_stream is None and capture.history is not None:
        return _of_history(capture.history, group_of, groups, capture.timeline)
    events = capture.events()
    collected = _Collector(groups, events.allocators)
    last = work if owned is None or not owned.any() else owned & work
    group_of = np.ascontiguousarray(group_of, np.int32)
    for chunk in events:
        collected.add(chunk, group_of, work, last)
    return collected.result(capture.timeline)


def _folded(found: Lifetimes, groups: int) -> Lifetimes:
    """Each group with what passed by it, which is the one of the same number in the second half."""
    return replace(
        found,
        live_bytes=found.live_bytes[:, :groups] + found.live_bytes[:, groups:],
        live_blocks=found.live_blocks[:, :groups] + found.live_blocks[:, groups:],
        added_blocks=found.added_blocks[:, :groups] + found.added_blocks[:, groups:],
        entered_blocks=found.added_blocks[:, :groups],
        freed_blocks=found.freed_blocks[:groups] + found.freed_blocks[groups:],
        last_bytes=found.last_bytes[:groups] + found.last_bytes[groups:],
    )


def _times(timeline: pd.DataFrame, interval: np.ndarray) -> np.ndarray:
    """When each step ended, int64 ns; none where the timeline has too few rows to tell."""
    known = timeline["time"].astype("int64").to_numpy()
    return known[interval.clip(0)] if len(known) >= FEWEST_RECORDS else known[:0]


def _of_history(history: History, group_of: np.ndarray, groups: int, timeline: pd.DataFrame) -> Lifetimes:
    group = group_of[history.callsite_id]
    followed = group >= 0
    at = (history.step[followed], group[followed])
    bytes_, blocks, added = np.zeros((3, len(history.interval), groups), np.int64)
    for table, changes in ((bytes_, history.bytes), (blocks, history.blocks), (added, history.added)):
        np.add.at(table, at, changes[followed])
    last = np.zeros(groups, np.int64)
    np.add.at(last, group_of[group_of >= 0], history.last_bytes[group_of >= 0])
    live = np.cumsum(blocks, axis=0)
    return Lifetimes(
        live_bytes=np.cumsum(bytes_, axis=0),
        live_blocks=live,
        added_blocks=added,
        entered_blocks=added,
        interval=history.interval,
        freed_blocks=added.sum(axis=0) - (live[-1] if len(live) else 0),
        last_bytes=last,
        times=_times(timeline, history.interval),
    )


def without_reserved(chunk: EventChunk, mmap: list[int]) -> EventChunk:
    """The chunk without mappings of a power of two of 32 MiB or more: address space, not memory."""
    size = np.abs(chunk.bytes)
    large = (size >= RESERVED_FROM) & ((size & (size - 1)) == 0)
    if not large.any():
        return chunk
    keep = ~(large & np.isin(chunk.allocator, mmap))
    return EventChunk(chunk.first, *(column[keep] for column in chunk[1:]))


class _Collector:
    """Sums per fine step and group; where the steps run out, two neighbours become one."""

    def __init__(self, groups: int, allocators: tuple[str, ...]) -> None:
        self.mmap = [code for code, name in enumerate(allocators) if name in ("mmap", "munmap")]
        self.width = 1
        self.done = 0
        self.used = 0
        self.bytes = np.zeros((_FINEST, groups), np.int64)
        self.blocks = np.zeros((_FINEST, groups), np.int64)
        self.added = np.zeros((_FINEST, groups), np.int64)
        self.interval = np.full(_FINEST, -1, np.int64)
        self.level = np.zeros(groups, np.int64)
        self.last_level = np.zeros(groups, np.int64)

    def add(self, chunk: EventChunk, group_of: np.ndarray, work: np.ndarray, last: np.ndarray) -> None:
        chunk = without_reserved(chunk, self.mmap)
        if not len(chunk.callsite_id):
            return
        until = self.done + int(np.count_nonzero(work[chunk.callsite_id] & (chunk.blocks > 0)))
        while until // self.width >= _FINEST:
            self._halve()
        self.done = add_steps(
            chunk.callsite_id, chunk.bytes, chunk.blocks, chunk.interval, group_of, work, self.done,
            self.width, self.bytes, self.blocks, self.added, self.interval,
        )  # fmt: skip
        self.used = max(self.used, self.done // self.width + 1)
        self._note_last_work(chunk, group_of, last)

    def _note_last_work(self, chunk: EventChunk, group_of: np.ndarray, last: np.ndarray) -> None:
        """Keep the level of each group as of the last allocation of the application's work so far."""
        working = np.flatnonzero(last[chunk.callsite_id] & (chunk.blocks > 0))
        until = int(working[-1]) + 1 if len(working) else 0
        for part in (slice(0, until), slice(until, len(chunk.bytes))):
            add_levels(chunk.callsite_id[part], chunk.bytes[part], group_of, self.level)
            if part.stop == until and until:
                self.last_level = self.level.copy()

    def _halve(self) -> None:
        self.width *= 2
        self.used = (self.used + 1) // 2
        half = _FINEST // 2
        for name in ("bytes", "blocks", "added"):
            table = getattr(self, name)
            table[:half] = table[0::2] + table[1::2]
            table[half:] = 0
        self.interval[:half] = np.maximum(self.interval[0::2], self.interval[1::2])
        self.interval[half:] = -1

    def result(self, timeline: pd.DataFrame) -> Lifetimes:
        ends = _step_ends(self.used)
        interval = np.maximum.accumulate(self.interval[: self.used])[ends]
        added = np.cumsum(self.added[: self.used], axis=0)[ends] if self.used else self.added[:0]
        blocks = np.cumsum(self.blocks[: self.used], axis=0)[ends] if self.used else self.blocks[:0]
        came = np.diff(added, axis=0, prepend=0)
        return Lifetimes(
            live_bytes=np.cumsum(self.bytes[: self.used], axis=0)[ends] if self.used else self.bytes[:0],
            live_blocks=blocks,
            added_blocks=came,
            entered_blocks=came,
            interval=interval,
            times=_times(timeline, interval),
            last_bytes=self.last_level,
            freed_blocks=added[-1] - blocks[-1] if self.used else np.zeros(self.bytes.shape[1], np.int64),
        )


def _step_ends(used: int) -> np.ndarray:
    """The last fine step of each of at most STEPS equal parts."""
    return np.unique((np.arange(1, STEPS + 1) * used) // STEPS - 1).clip(0) if used else np.zeros(0, np.int64)
