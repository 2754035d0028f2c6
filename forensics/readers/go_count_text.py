"""Profiles of Go programs that count stacks, as text: goroutine, threadcreate, custom; debug=1.

Format: ``goroutine profile: total N``, then per distinct stack ``count @ address …``, a line of
    labels where there are any, and ``#`` lines with the symbols.
Source: Go's runtime/pprof/pprof.go (`printCountProfile`), google/pprof's `parseGoCount`.
Seen: Go 1.19; threadcreate of early Go without symbols (google/pprof's go.godoc.thread).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from forensics.builder import CallTree, ProfileBuilder
from forensics.capture import Capture
from forensics.profile import ALLOCATION_COLUMNS, Origin
from forensics.readers.go_symbols import SymbolLines
from forensics.readers.memory_map import AddressFrames, MemoryMap, is_sentinel, read_memory_map
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import COUNT_LIMIT, TextLines, head_lines

FORMAT = "go-count-text"
DESCRIPTION = "Go goroutine or threadcreate text (debug=1)"

#: What a profile of this name counts; a custom profile counts things of its own name.
MEASURES = {"goroutine": "goroutines", "threadcreate": "threads"}
LABELS_PREFIX = "# labels: "

_START = re.compile(r"^(\S{1,200}) profile: total (\d+)$")
_COUNT = re.compile(r"^(-?\d+) @((?: 0x[0-9a-fA-F]{1,16})*)$")


@dataclass(slots=True)
class _Stack:
    """One distinct stack: addresses as written and frames of the tree, innermost first."""

    count: int
    addresses: str
    labels: str = ""
    frames: list[int] | None = None  # made with the first one: there may be millions of stacks without


def matches(source: Source) -> bool:
    return _start(head_lines(source)) is not None


def load(source: Source) -> Capture:
    """The capture of this text: moment ``live``, its measure ``goroutines``, ``threads`` or the name
    of a custom profile; bytes and blocks are 0.

    ``extras["labels"]`` is a table callsite_id, labels, count where goroutines carry labels. Raises
    BadDump.
    """
    lines = TextLines(source)
    rows = iter(lines)
    name, total = _read_start(lines, next((line for line in rows if _is_row(line)), ""))
    stacks: list[_Stack] = []
    memory_map, tree = MemoryMap(), CallTree(source.most_callsites)
    symbols = SymbolLines(tree)
    for line in rows:
        if line.startswith("#"):
            if is_sentinel(line):
                memory_map = read_memory_map(rows)
            elif line.startswith(LABELS_PREFIX) and stacks:
                stacks[-1].labels = line.removeprefix(LABELS_PREFIX)
            else:
                _add_symbol(stacks, symbols[line])
        elif found := _COUNT.match(line.strip()):
            stacks.append(_Stack(lines.count(found[1]), found[2]))
        elif is_sentinel(line):
            memory_map = read_memory_map(rows)
        elif line.strip() and not lines.unterminated:
            raise lines.bad("is neither a count nor a symbol of a Go profile")
    measure = _measure(name)
    held = sum(stack.count for stack in stacks)
    if held >= COUNT_LIMIT:
        raise lines.bad(f"brings the sum of all {measure} beyond 2**63")
    missing = "" if held >= total else f"it holds {held} of {total} {measure}"
    builder = ProfileBuilder({measure: measure, "bytes": "bytes", "blocks": "blocks"}, tree=tree)
    places = AddressFrames(tree, memory_map, "go")
    callsites = [_add(builder, stack, places, measure) for stack in stacks]
    return snapshot_capture(
        source,
        {"live": builder.build()},
        origin=Origin(format=FORMAT, producer=f"Go runtime/pprof ({name})", language="go"),
        health=lines.health(missing),
        extras=_labels(stacks, callsites),
    )


def _measure(name: str) -> str:
    """The measure that a profile of this name counts, as a column may be called."""
    column = MEASURES.get(name) or re.sub(r"\W+", "_", name).strip("_") or "count"
    return f"{column}_count" if column in (*ALLOCATION_COLUMNS, "self", "stack") else column


def _is_row(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _start(lines: list[str]) -> re.Match[str] | None:
    """The first line that is neither blank nor a comment, if it starts a count profile."""
    return _START.match(next((line for line in lines if _is_row(line)), ""))


def _read_start(lines: TextLines, line: str) -> tuple[str, int]:
    match = _START.match(line)
    if match is None:
        raise lines.bad("does not start a Go profile")
    return match[1], lines.count(match[2])


def _add_symbol(stacks: list[_Stack], frame: int) -> None:
    if frame >= 0 and stacks:
        stack = stacks[-1]
        stack.frames = stack.frames or []
        stack.frames.append(frame)


def _add(builder: ProfileBuilder, stack: _Stack, places: AddressFrames, measure: str) -> int:
    """Add the stack and return its callsite."""
    known = stack.frames
    callsite = builder.tree.path(reversed(known)) if known else places.path(stack.addresses)
    values: dict[str, Any] = {measure: stack.count}
    builder.add_to(callsite, **values)
    return callsite


def _labels(stacks: list[_Stack], callsites: list[int]) -> dict[str, object]:
    rows = [(site, stack.labels, stack.count) for site, stack in zip(callsites, stacks, strict=True)]
    labelled = [row for row in rows if row[1]]
    return {"labels": pd.DataFrame(labelled, columns=["callsite_id", "labels", "count"])} if labelled else {}
