"""tracemalloc's traces of this process: written atomically as a snapshot, or summed by stack."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any, NamedTuple

#: Bytes that taking and writing a snapshot needs for each byte that tracemalloc itself holds:
#: 2.0 to 3.5 measured over 0.2 to 1 million traces on CPython 3.11, see docs/recording.md.
BYTES_PER_TRACED_BYTE = 4


class StackTotal(NamedTuple):
    """What one stack holds; frames as (file, line), outermost first."""

    frames: tuple[tuple[str, int], ...]
    bytes: int
    blocks: int


def snapshot_cost_bytes() -> int:
    """An upper estimate of what taking a snapshot now would add to the process."""
    return BYTES_PER_TRACED_BYTE * tracemalloc.get_tracemalloc_memory()


def write_snapshot(path: Path) -> None:
    """Write a snapshot that `tracemalloc.Snapshot.load` reads; the file appears whole or not at all.

    Raises OSError where it cannot be written, leaving nothing behind.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        tracemalloc.take_snapshot().dump(str(part))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def totals_by_stack() -> list[StackTotal]:
    """Bytes and blocks held now by each traced stack."""
    traces = tracemalloc.take_snapshot().traces._traces  # type: ignore[attr-defined]  # noqa: SLF001  the public way builds an object a trace, ten times slower
    by_object: dict[int, list[Any]] = {}
    for _domain, size, frames, *_rest in traces:
        held = by_object.get(id(frames))
        if held is None:  # a stack is one object for all its traces: no need to hash its frames each time
            by_object[id(frames)] = [frames, size, 1]
        else:
            held[1] += size
            held[2] += 1
    return [StackTotal(frames[::-1], size, blocks) for frames, size, blocks in by_object.values()]
