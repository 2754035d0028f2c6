"""Heap profiles of jemalloc (``prof:true``), ``heap_v2``.

Format: ``heap_v2/RATE``, totals per thread, then per stack ``@ address …`` (return addresses,
    innermost first) and its counts ``t*: blocks: bytes [blocks: bytes]`` over all threads and per
    thread; ``MAPPED_LIBRARIES:``. In brackets is what was ever allocated, if ``prof_accum`` was on.
    Counts are as sampled; jemalloc 5.3 corrects them such that the scaling by the mean block size,
    which is done here, comes out right (src/prof_data.c).
Source: jemalloc's src/prof_data.c and bin/jeprof. Seen: jemalloc 5.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from forensics.builder import CallTree
from forensics.capture import Capture, Health
from forensics.errors import BadDump
from forensics.profile import Origin, Profile
from forensics.readers.memory_map import AddressFrames, MemoryMap, is_sentinel, read_memory_map
from forensics.readers.sampled_buckets import check_sums
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines, first_line
from forensics.sampling import standard_errors, unsampled

FORMAT = "jemalloc-heap"
DESCRIPTION = "jemalloc heap profile (heap_v2)"

_HEADER = re.compile(r"^heap_v2/(\d{1,19})$")
_COUNTS = re.compile(r"^t(\*|\d{1,19}): (-?\d+): (-?\d+) \[(-?\d+): (-?\d+)\](?: (.{0,200}))?$")
_STACK = re.compile(r"^@((?: 0x[0-9a-f]{1,16})*)$")
ALL_THREADS = "*"


class _Counts(NamedTuple):
    """As sampled, of one thread or (``*``) of all."""

    live_blocks: int
    live_bytes: int
    allocated_blocks: int
    allocated_bytes: int


@dataclass(slots=True)
class _Stack:
    """One call path, addresses as written, innermost first, and its counts by thread."""

    addresses: str
    counts: dict[str, _Counts] = field(default_factory=dict)


def matches(source: Source) -> bool:
    return _HEADER.match(first_line(source).strip()) is not None


def load(source: Source) -> Capture:
    """The capture of this text: moment ``live``, and ``allocated`` where it was accumulated.

    Each path's estimate is that of all its threads together, as jeprof gives it; the threads share it
    in proportion to their own estimates. Raises BadDump.
    """
    lines = TextLines(source)
    rows = iter(lines)
    rate = _rate(lines, next((line for line in rows if line.strip()), ""))
    totals, stacks, names = _Stack(""), [], {}
    memory_map: MemoryMap | None = None
    for line in (line.strip() for line in rows):
        if stack := _STACK.match(line):
            stacks.append(_Stack(stack[1]))
        elif counts := _COUNTS.match(line):
            (stacks[-1] if stacks else totals).counts[counts[1]] = _read_counts(lines, counts)
            if not stacks and counts[6]:
                names[counts[1]] = counts[6]
        elif is_sentinel(line):
            memory_map = read_memory_map(rows)
        elif line and not lines.unterminated:
            raise lines.bad("is neither a stack nor a count of a jemalloc heap profile")
    whole = [stack for stack in stacks if ALL_THREADS in stack.counts]
    tree = CallTree(source.most_callsites)
    places = AddressFrames(tree, memory_map or MemoryMap())
    callsites = np.array([places.path(stack.addresses) for stack in whole], np.int64)
    moments = {"live": slice(0, 2)}
    if totals.counts.get(ALL_THREADS, _Counts(0, 0, 0, 0)).allocated_blocks:
        moments["allocated"] = slice(2, 4)
    return snapshot_capture(
        source,
        {
            moment: _profile(source, tree, callsites, [_part(stack, part) for stack in whole], names, rate)
            for moment, part in moments.items()
        },
        origin=Origin(
            format=FORMAT, producer="jemalloc", language="native", sampling_rate=rate if rate > 1 else None
        ),
        health=_health(lines, totals, memory_map),
        extras={"threads": names} if names else {},
    )


def _rate(lines: TextLines, line: str) -> int:
    match = _HEADER.match(line.strip())
    if match is None:
        raise lines.bad("does not start a jemalloc heap profile")
    return lines.count(match[1])


def _read_counts(lines: TextLines, match: re.Match[str]) -> _Counts:
    counts = _Counts(*map(lines.count, match.groups()[1:5]))
    if (not counts.live_blocks and counts.live_bytes) or (
        not counts.allocated_blocks and counts.allocated_bytes
    ):
        raise lines.bad("counts bytes in no block")
    return counts


def _health(lines: TextLines, totals: _Stack, memory_map: MemoryMap | None) -> Health:
    if ALL_THREADS not in totals.counts:
        return lines.health("its totals are missing")
    return lines.health("" if memory_map else "the memory map at its end is missing")


def _part(stack: _Stack, part: slice) -> dict[str, tuple[int, int]]:
    """(blocks, bytes) as sampled by thread, all threads first."""
    rows = {thread: counts[part] for thread, counts in stack.counts.items()}
    return {ALL_THREADS: rows.pop(ALL_THREADS), **rows}  # type: ignore[dict-item]


def _profile(
    source: Source,
    tree: CallTree,
    callsites: np.ndarray,
    stacks: Sequence[dict[str, tuple[int, int]]],
    names: dict[str, str],
    rate: int,
) -> Profile:
    """A row for each path and thread that holds anything, with thread '' where only the sum is known."""
    lengths = np.array([len(threads) for threads in stacks], np.int64)
    seen = np.array([counts for threads in stacks for counts in threads.values()], np.int64).reshape(-1, 2)
    try:
        blocks, size_bytes = unsampled(seen[:, 0], seen[:, 1], rate)
        check_sums(blocks, size_bytes)
    except OverflowError as error:
        fault = f"its counts are impossible at a sampling rate of {rate}"
        raise BadDump(source.path, fault, "fetch the file again") from error
    blocks_error, bytes_error = standard_errors(blocks, seen[:, 1] / np.maximum(seen[:, 0], 1), rate)
    wholes = np.cumsum(lengths) - lengths
    values = {"bytes": _shared(size_bytes, wholes, blocks), "blocks": _shared(blocks, wholes, blocks)}
    if rate > 1:
        values |= {"bytes_error": bytes_error, "blocks_error": blocks_error}
    held = np.flatnonzero((values["bytes"] != 0) | (values["blocks"] != 0))
    threads = ["" if t == ALL_THREADS else names.get(t, f"t{t}") for counts in stacks for t in counts]
    return tree.profile(
        np.repeat(callsites, lengths)[held],
        {name: column[held] for name, column in values.items()},
        thread=[threads[row] for row in held.tolist()],
    )


def _shared(values: np.ndarray, wholes: np.ndarray, blocks: np.ndarray) -> np.ndarray:
    """What each path holds, at its row of ``wholes``, as shares of the threads in the rows behind it.

    Where no thread has blocks the row of all threads keeps it.
    """
    shares = np.zeros_like(values)
    bounds = [*wholes.tolist(), len(values)]
    for first, end in pairwise(bounds):
        if end - first == 2 and blocks[first + 1]:
            shares[first + 1] = values[first]
        elif blocks[first + 1 : end].any():
            shares[first + 1 : end] = _share(values[first], values[first + 1 : end])
        else:
            shares[first] = values[first]
    return shares


def _share(whole: int, weights: np.ndarray) -> np.ndarray:
    """``whole`` in parts proportional to the weights that add up to it exactly, int64."""
    bounds = np.cumsum(weights, dtype=np.float64)
    if not bounds[-1]:
        return np.zeros(len(weights), dtype=np.int64)
    edges = np.rint(bounds * (whole / bounds[-1])).astype(np.int64)
    edges[-1] = whole
    return np.diff(edges, prepend=0)
