"""The objects that the garbage collector knows, counted by type under caps on time and number."""

from __future__ import annotations

import gc
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

#: Objects counted between two looks at the clock: about a millisecond.
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class TypeTotal:
    """Objects of one type: number and shallow bytes (`sys.getsizeof`)."""

    module: str
    name: str
    count: int
    bytes: int


class ObjectCount(NamedTuple):
    """All types, largest first; ``looked_at`` of ``objects`` were counted before a cap."""

    types: tuple[TypeTotal, ...]
    objects: int
    looked_at: int
    seconds: float
    #: Why less than all was counted, '' if nothing was left out.
    cut_because: str


def count_objects(*, max_seconds: float = 0.25, max_objects: int = 2_000_000) -> ObjectCount:
    """Objects tracked by the collector, by type. Strings, numbers and the like are not tracked.

    The list of all objects costs 8 bytes apiece and cannot be taken in part, so nothing is counted
    where the interpreter holds more than four times ``max_objects`` blocks (an upper bound).
    """
    began = time.perf_counter()
    if sys.getallocatedblocks() > 4 * max_objects:
        reason = f"more than {4 * max_objects} blocks are allocated: too many to list"
        return ObjectCount((), 0, 0, 0.0, reason)
    objects = gc.get_objects()
    counts: Counter[type] = Counter()
    sizes: Counter[type] = Counter()
    looked_at, reason = 0, ""
    while looked_at < len(objects) and not reason:
        chunk = objects[looked_at : looked_at + _CHUNK]
        _add(chunk, counts, sizes)
        looked_at += len(chunk)
        reason = _cap_reached(looked_at, len(objects), time.perf_counter() - began, max_seconds, max_objects)
    total = len(objects)
    del objects
    return ObjectCount(_rows(counts, sizes), total, looked_at, time.perf_counter() - began, reason)


def _cap_reached(looked_at: int, total: int, spent: float, max_seconds: float, max_objects: int) -> str:
    if looked_at >= total:
        return ""
    if looked_at >= max_objects:
        return f"stopped after {max_objects} objects"
    return f"stopped after {max_seconds} s" if spent > max_seconds else ""


def _add(chunk: Sequence[Any], counts: Counter[type], sizes: Counter[type]) -> None:
    counts.update(map(type, chunk))
    for item in chunk:
        kind = type(item)
        sizes[kind] += _size(item, kind)


def _size(item: Any, kind: type) -> int:
    """Shallow bytes; a type's own ``__sizeof__`` may be any code, so a failing one counts as its basis."""
    try:
        return sys.getsizeof(item)
    except Exception:
        return kind.__basicsize__


def _rows(counts: Counter[type], sizes: Counter[type]) -> tuple[TypeTotal, ...]:
    merged: dict[tuple[str, str], list[int]] = {}
    for kind, count in counts.items():
        held = merged.setdefault((str(kind.__module__), kind.__qualname__), [0, 0])
        held[0] += count
        held[1] += sizes[kind]
    rows = [TypeTotal(module, name, count, size) for (module, name), (count, size) in merged.items()]
    return tuple(sorted(rows, key=lambda row: (-row.bytes, -row.count, row.module, row.name)))
