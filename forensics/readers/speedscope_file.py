"""speedscope files: sampled and evented profiles, one or several in a file.

Format: JSON, ``shared.frames`` and ``profiles``; a sampled profile has stacks (outermost first) and
    weights, an evented one opens and closes frames at times. Units: bytes, none, or a unit of time.
Source: github.com/jlfwong/speedscope, src/lib/file-format-spec.ts.
Seen: memray 1.20 (``transform speedscope``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from forensics.builder import Frame, ProfileBuilder
from forensics.capture import Capture, Health
from forensics.errors import BadDump, TooLarge
from forensics.profile import Origin
from forensics.readers.bounded_json import json_object
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import COUNT_LIMIT

FORMAT = "speedscope"
DESCRIPTION = "speedscope JSON"

#: Nanoseconds in a unit of time.
TIMES = {"nanoseconds": 1, "microseconds": 1000, "milliseconds": 1_000_000, "seconds": 1_000_000_000}
#: Names of a profile without unit that counts the blocks behind the bytes of another one.
BLOCK_NAMES = ("allocations", "blocks", "objects", "count")
#: Names of profiles without unit that say what they count.
COUNTED_NAMES = ("goroutines", "threads")
MEASURE_UNITS = {
    **{name: name for name in COUNTED_NAMES},
    "bytes": "bytes",
    "blocks": "blocks",
    "time": "nanoseconds",
    "samples": "count",
}
#: Frames over all stacks of an evented profile, which a small file can make many of.
MOST_STACKED_FRAMES = 20_000_000


def matches(source: Source) -> bool:
    head = source.head.lstrip()
    if not head.startswith(b"{"):
        return False
    named = b'"$schema"' in head and b"speedscope" in head
    return named or (b'"shared"' in head and b'"frames"' in head) or b'"speedscope' in head[:200]


def load(source: Source) -> Capture:
    """The capture of this file: moment ``live``. Bytes and blocks are those of profiles that count
    them; time (nanoseconds) and samples have measures of their own.

    Where several profiles share a measure, ``thread`` is the name of the profile. Raises BadDump.
    """
    document = json_object(source)
    profiles = document.get("profiles")
    if not isinstance(profiles, list) or not profiles:
        raise _bad(source, "has no profiles")
    frames = _frames(source, document)
    measured = [(_measure(source, profile, profiles), profile) for profile in profiles]
    measures = [measure for measure, _ in measured]
    columns = dict.fromkeys([*measures, "bytes", "blocks"])
    builder = ProfileBuilder({measure: MEASURE_UNITS[measure] for measure in columns})
    sums = dict.fromkeys(columns, 0)
    for measure, profile in measured:
        thread = str(profile.get("name", "")) if measures.count(measure) > 1 else ""
        for stack, weight in _weights(source, profile, len(frames)):
            sums[measure] += weight
            values: dict[str, Any] = {measure: weight}
            builder.add([frames[index] for index in stack], thread=thread, **values)
    if max(sums.values()) >= COUNT_LIMIT:
        raise _bad(source, "its weights add up to more than 2**63")
    exporter = document.get("exporter")
    return snapshot_capture(
        source,
        {"live": builder.build()},
        origin=Origin(format=FORMAT, producer=exporter if isinstance(exporter, str) else "speedscope"),
        health=Health(),
        extras={"name": document.get("name", "")},
    )


def _bad(source: Source, fault: str) -> BadDump:
    return BadDump(source.path, fault, "export the profile again")


def _frames(source: Source, document: dict[str, Any]) -> list[Frame]:
    shared = document.get("shared")
    rows = shared.get("frames") if isinstance(shared, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _bad(source, "has no shared frames")
    return [_frame(row) for row in rows]


def _frame(row: dict[str, Any]) -> Frame:
    file, line = row.get("file"), row.get("line")
    if not isinstance(line, int) or not 0 < line < 1 << 31:
        line = 0
    return Frame(str(row.get("name", "")), file if isinstance(file, str) else "", int(line))


def _measure(source: Source, profile: object, profiles: list[Any]) -> str:
    """The measure of a profile; one without unit counts blocks where it stands beside bytes."""
    if not isinstance(profile, dict):
        raise _bad(source, "holds a profile that is no object")
    unit = profile.get("unit", "none")
    if unit == "bytes":
        return "bytes"
    if isinstance(unit, str) and unit in TIMES:
        return "time"
    name = str(profile.get("name", "")).lower()
    beside_bytes = any(isinstance(other, dict) and other.get("unit") == "bytes" for other in profiles)
    if name in COUNTED_NAMES:
        return name
    return "blocks" if beside_bytes and name in BLOCK_NAMES else "samples"


def _weights(source: Source, profile: dict[str, Any], n_frames: int) -> Iterator[tuple[Sequence[int], int]]:
    """(stack of frame indices, outermost first; weight) of the profile, equal stacks once."""
    factor = TIMES.get(profile.get("unit", ""), 1)
    kind = profile.get("type")
    if kind == "sampled":
        summed = _sampled(source, profile, n_frames)
    elif kind == "evented":
        summed = _evented(source, profile, n_frames)
    else:
        raise _bad(source, "holds a profile that is neither sampled nor evented")
    for stack, weight in summed.items():
        yield stack, round(weight * factor)


def _sampled(source: Source, profile: dict[str, Any], n_frames: int) -> dict[tuple[int, ...], float]:
    samples, weights = profile.get("samples"), profile.get("weights")
    if not isinstance(samples, list) or not isinstance(weights, list) or len(samples) != len(weights):
        raise _bad(source, "has not as many weights as samples")
    summed: dict[tuple[int, ...], float] = {}
    for sample, weight in zip(samples, weights, strict=True):
        if not isinstance(sample, list) or not all(_is_index(index, n_frames) for index in sample):
            raise _bad(source, "holds a sample that names a frame which is not there")
        stack = tuple(sample)
        summed[stack] = summed.get(stack, 0) + _number(source, weight, "a weight")
    return summed


def _evented(source: Source, profile: dict[str, Any], n_frames: int) -> dict[tuple[int, ...], float]:
    """What passes between two events belongs to the stack that is open; the last one ends at endValue."""
    events = profile.get("events")
    if not isinstance(events, list):
        raise _bad(source, "has an evented profile without events")
    tree = _OpenStacks(source)
    before = _number(source, profile.get("startValue", 0), "a start value")
    for event in events:
        if not isinstance(event, dict) or not _is_index(event.get("frame"), n_frames):
            raise _bad(source, "holds an event that names a frame which is not there")
        at = _number(source, event.get("at"), "the time of an event")
        tree.spend(at - before)
        before = at
        if event.get("type") == "O":
            tree.open(event["frame"])
        elif event.get("type") == "C":
            tree.close(event["frame"])
        else:
            raise _bad(source, "holds an event that neither opens nor closes a frame")
    if tree.path:
        tree.spend(_number(source, profile.get("endValue", before), "an end value") - before)
    return tree.summed()


class _OpenStacks:
    """A tree of the stacks that events open and close, with what was spent in each."""

    def __init__(self, source: Source) -> None:
        self.source = source
        #: Node ids of the open stack, outermost first.
        self.path: list[int] = []
        self._nodes: dict[tuple[int, int], int] = {}
        self._spent: dict[int, float] = {}

    def open(self, frame: int) -> None:
        key = (self.path[-1] if self.path else -1, frame)
        self.path.append(self._nodes.setdefault(key, len(self._nodes)))

    def close(self, frame: int) -> None:
        above = self.path[-2] if len(self.path) > 1 else -1
        if not self.path or self._nodes.get((above, frame)) != self.path.pop():
            raise _bad(self.source, "closes a frame that is not the innermost open one")

    def spend(self, amount: float) -> None:
        if amount < 0:
            raise _bad(self.source, "holds events that go back in time")
        if self.path and amount:
            self._spent[self.path[-1]] = self._spent.get(self.path[-1], 0) + amount

    def summed(self) -> dict[tuple[int, ...], float]:
        """What was spent by stack of frame indices. Raises TooLarge where the stacks are too many."""
        keys = list(self._nodes)
        depths: list[int] = []
        for parent, _ in keys:
            depths.append(1 if parent < 0 else depths[parent] + 1)
        if sum(depths[node] for node in self._spent) > MOST_STACKED_FRAMES:
            fault = f"has stacks of more than {MOST_STACKED_FRAMES} frames together"
            raise TooLarge(self.source.path, fault, "export a shorter span of time")
        return {_frames_of(keys, node): amount for node, amount in self._spent.items()}


def _frames_of(keys: list[tuple[int, int]], node: int) -> tuple[int, ...]:
    frames = []
    while node >= 0:
        node, frame = keys[node]
        frames.append(frame)
    return tuple(frames[::-1])


def _is_index(index: object, length: int) -> bool:
    return type(index) is int and 0 <= index < length


def _number(source: Source, value: object, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < COUNT_LIMIT:
        raise _bad(source, f"holds {what} that is no number from 0 to 2**63")
    return value
