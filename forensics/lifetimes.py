"""How memory of groups of callsites comes and goes: what grows, fills up, stays or passes.

One pass over the events of a capture. The axis is the program's *work*: the number of allocations, not
counting imports, so that neither a slow start nor an idle minute stretches it, nor does a long teardown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from forensics.capture import Capture, EventChunk
from forensics.sums import add_levels, add_steps

#: "rises" is growth until the program ends, which lets all go: kept, or gathered for a last step.
Behaviour = Literal["grows", "rises", "fills", "stays", "passes", "unknown"]

#: Steps of the axis on which behaviour is judged.
STEPS = 64
_FINEST = 2048
#: Allocators reserve address space in powers of two from this size on (OpenBLAS 32 MiB, mimalloc 1 GiB).
RESERVED_FROM = 32 << 20
#: Of its highest level, a group still holds less than this at the end: it passes.
PASSING_SHARE = 0.3
#: A group has arrived at its level where it holds this share of it.
LEVEL_SHARE = 0.95
#: It is near its level with this share of it; below, the level was a passing heap of copies.
NEAR_LEVEL = 0.7
#: It grows if it arrives this late on the axis …
LATE = 0.75
#: … and takes at least this share of its level in the second half …
SECOND_HALF = 0.15
#: … and needed at least this much of the axis for it.
SPREAD = 0.3
#: What is there until this share of the axis is left, and gone at the end, was let go by the exit alone …
EXIT = 1 / 32
#: … where it was there for all but this first part of it.
EARLY = 0.1
#: What came only from here on was not held throughout.
LAST_PART = 7 / 8
#: … and what rises until then rises evenly.
STEADY = 0.5
#: A curve of fewer blocks than this is drawn by bytes.
ENOUGH_BLOCKS = 20
#: What fills up holds at least so many blocks: fewer are arrays beside their temporary copies.
FEWEST_ENTRIES = 8
#: It fills where this share of its allocations came after it had arrived.
TURNOVER = 0.1


@dataclass(frozen=True, kw_only=True, eq=False)
class Lifetimes:
    """Per step of work and group: int64 arrays of shape (steps, groups), and totals per group.

    ``live_bytes`` and ``live_blocks`` stand at the end of each step; ``added_blocks`` came within it.
    ``interval`` is the timeline row of each step's end.
    """

    live_bytes: np.ndarray
    live_blocks: np.ndarray
    added_blocks: np.ndarray
    interval: np.ndarray
    freed_blocks: np.ndarray
    #: int64 per group: the level after the last allocation of work, when only the exit is left.
    last_bytes: np.ndarray

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
        entries = int(self.live_blocks[-1, group]) if len(self.live_blocks) else 0
        return behaviour(self.live_bytes[:, group], self.added_blocks[:, group], entries)

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
        return len(level) >= 8 and level.max() > 0 and _climbs(level)

    def came_at_the_end(self, group: int) -> bool:
        """Whether half of a group's highest level came only in the last eighth of the work."""
        live = self.live_bytes[:, group]
        return len(live) > 0 and bool(np.argmax(live >= 0.5 * live.max(initial=1)) >= LAST_PART * len(live))

    def there_at_exit(self, group: int) -> bool:
        """Whether most of a group's highest level was there until nothing but the exit was left."""
        return bool(self.last_bytes[group] >= NEAR_LEVEL * self.live_bytes[:, group].max(initial=1))

    def let_go_at_exit(self, group: int) -> bool:
        """Whether a group held its memory until the work ended, and only the exit gave it back."""
        live = self.live_bytes[:, group]
        passed = len(live) > 0 and live[-1] < PASSING_SHARE * live.max()
        return bool(passed and self.behaviour(group) != "passes")


def before_exit(live: np.ndarray) -> np.ndarray:
    """A curve of live bytes without its last steps, in which a program lets go of everything."""
    return live[: len(live) - max(round(EXIT * len(live)), 1)]


def steadiness(live: np.ndarray) -> float:
    """How evenly a curve grows, 0 to 1: the gain of the weakest third over that of an even third."""
    if not len(live):
        return 0.0
    marks = live[np.linspace(0, len(live) - 1, 4).astype(int)]
    gain = int(marks[-1] - marks[0])
    return float(np.clip(np.diff(marks).min() * 3 / gain, 0, 1)) if gain > 0 else 0.0


def behaviour(live: np.ndarray, added: np.ndarray, entries: int = FEWEST_ENTRIES) -> Behaviour:
    """What one curve of live bytes does.

    ``added`` are the blocks that came in each step, ``entries`` the blocks that it holds at the end.
    """
    highest = int(live.max(initial=0))
    if highest <= 0 or len(live) < 8:
        return "unknown"
    if live[-1] < PASSING_SHARE * highest:
        return _until_exit(before_exit(live), highest)
    if _climbs(live):
        return "grows"
    arrives = int(np.argmax(live >= LEVEL_SHARE * highest))
    turns_over = added[arrives + 1 :].sum() >= TURNOVER * max(added.sum(), 1) and arrives < LATE * len(live)
    entered = entries >= FEWEST_ENTRIES and int(np.argmax(live >= 0.05 * highest)) < arrives
    return "fills" if turns_over and entered and live[-1] >= NEAR_LEVEL * highest else "stays"


def _climbs(live: np.ndarray) -> bool:
    """Whether a curve arrives late, took long for it, and still gained in its second half."""
    highest, steps = int(live.max()), len(live)
    begins = int(np.argmax(live >= 0.05 * highest))
    arrives = int(np.argmax(live >= LEVEL_SHARE * highest))
    second_half = int(live[-1] - live[steps // 2])
    return bool(
        arrives >= LATE * steps
        and arrives - begins >= SPREAD * steps
        and second_half >= SECOND_HALF * highest
    )


def _until_exit(live: np.ndarray, highest: int) -> Behaviour:
    """What a curve does that ends low: it stayed or rose until the exit, or it passes."""
    if live[-1] < LEVEL_SHARE * highest:
        return "passes"
    arrives = int(np.argmax(live >= LEVEL_SHARE * highest))
    if arrives <= EARLY * len(live) and live[arrives:].min() >= 0.9 * highest:
        return "stays"
    return "rises" if _climbs(live) and steadiness(live) >= STEADY else "passes"


def lifetimes(
    capture: Capture, group_of: np.ndarray, *, work: np.ndarray, owned: np.ndarray | None = None
) -> Lifetimes:
    """The lifetimes of groups of callsites.

    ``group_of`` int per callsite (-1: of no group); ``work`` bool per callsite: its allocations
    move the axis; ``owned`` bool per callsite: the application's own work, after the last of which
    only the exit is left (else all work). Raises CannotReplay where the capture has no events.
    """
    groups = int(group_of.max(initial=-1)) + 1
    events = capture.events()
    collected = _Collector(groups, events.allocators)
    last = work if owned is None or not owned.any() else owned & work
    group_of = np.ascontiguousarray(group_of, np.int32)
    for chunk in events:
        collected.add(chunk, group_of, work, last)
    return collected.result()


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

    def result(self) -> Lifetimes:
        ends = _step_ends(self.used)
        added = np.cumsum(self.added[: self.used], axis=0)[ends] if self.used else self.added[:0]
        blocks = np.cumsum(self.blocks[: self.used], axis=0)[ends] if self.used else self.blocks[:0]
        return Lifetimes(
            live_bytes=np.cumsum(self.bytes[: self.used], axis=0)[ends] if self.used else self.bytes[:0],
            live_blocks=blocks,
            added_blocks=np.diff(added, axis=0, prepend=0),
            interval=np.maximum.accumulate(self.interval[: self.used])[ends]
            if self.used
            else self.interval[:0],
            last_bytes=self.last_level,
            freed_blocks=added[-1] - blocks[-1] if self.used else np.zeros(self.bytes.shape[1], np.int64),
        )


def _step_ends(used: int) -> np.ndarray:
    """The last fine step of each of at most STEPS equal parts."""
    return np.unique((np.arange(1, STEPS + 1) * used) // STEPS - 1).clip(0) if used else np.zeros(0, np.int64)
