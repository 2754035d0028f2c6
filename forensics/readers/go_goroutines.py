"""Every goroutine with its stack, ``goroutine?debug=2``, a SIGQUIT or a crash of a Go program.

Format: one block a goroutine, ``goroutine 7 [chan receive, 5 minutes]:``, then per frame the call
    and, on a line of its own, ``file:line +0xoffset``; ``created by f in goroutine 1`` comes last.
Source: Go's runtime/traceback.go (`goroutineheader`, `printcreatedby`); runtime/pprof/pprof.go cuts
    the whole at 64 MiB.
Seen: Go 1.19 (``created by f``), 1.21 and later (``in goroutine N``).

The function that started a goroutine is the outermost frame of its stack, at the line of the ``go``
statement: a goroutine that waits inside a library for ever belongs to the code that started it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from forensics.builder import CallTree, Frame, ProfileBuilder
from forensics.capture import Capture, Health
from forensics.profile import Origin
from forensics.readers.go_symbols import go_frame
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines, head_lines

FORMAT = "go-goroutines"
DESCRIPTION = "Go goroutine dump (debug=2)"

CREATOR_IS_OUTERMOST = "the outermost frame of a stack is the go statement that started the goroutine"
#: Where runtime/pprof stops writing.
WRITER_LIMIT_BYTES = 64 << 20
GOROUTINE_COLUMNS = (
    "id",
    "state",
    "minutes_waiting",
    "locked_to_thread",
    "created_by_function",
    "created_by_file",
    "created_by_line",
    "created_by_id",
    "callsite_id",
)

_HEADER = re.compile(r"^goroutine (\d{1,19}) (?:[^\[\]]{1,200} )?\[([^\]]{0,500})\](?: \{.{0,2000}\})?:$")
_MINUTES = re.compile(r"^(\d{1,9}) minutes$")
_CREATED = re.compile(r"^created by (.*?)(?: in goroutine (\d{1,19}))?$")
_LOCATION = re.compile(r"^\t(.*?:\d{1,9})(?: \+0x[0-9a-f]+)?(?: [a-z]+=0x.*)?$")
#: How the output of a Go program begins that dies and writes its goroutines.
_CRASH = ("panic: ", "fatal error: ", "SIGQUIT: ", "SIGABRT: ", "runtime: ", "unexpected fault ")


@dataclass
class _Goroutine:
    """One block; frames of the tree, innermost first; ``pending``: a call whose location is still to come."""

    id: int
    status: str
    frames: list[int] = field(default_factory=list)
    created_by: Frame | None = None
    created_by_id: int = 0
    pending: str = ""


def matches(source: Source) -> bool:
    lines = [line for line in head_lines(source) if line.strip()]
    if not lines:
        return False
    first = _HEADER.match(lines[0]) is not None
    return first or (lines[0].startswith(_CRASH) and any(map(_HEADER.match, lines)))


def load(source: Source) -> Capture:
    """The capture of this text: moment ``live``, its measure ``goroutines``; bytes and blocks are 0.

    Equal stacks share a callsite. ``extras["goroutines"]`` is a table with one row a goroutine:
    id, state, minutes_waiting (0 below one minute), locked_to_thread, created_by_function,
    created_by_file, created_by_line, created_by_id (0 unknown), callsite_id. Raises BadDump.
    """
    lines = TextLines(source)
    tree = CallTree(source.most_callsites)
    goroutines = list(_goroutines(lines, _Places(tree)))
    health = _health(lines, goroutines)
    builder = ProfileBuilder({"goroutines": "goroutines", "bytes": "bytes", "blocks": "blocks"}, tree=tree)
    rows = [_add(builder, goroutine) for goroutine in goroutines]
    return snapshot_capture(
        source,
        {"live": builder.build()},
        origin=Origin(format=FORMAT, producer="Go runtime", language="go", notes=(CREATOR_IS_OUTERMOST,)),
        health=health,
        extras={"goroutines": pd.DataFrame(rows, columns=list(GOROUTINE_COLUMNS))},
    )


def _goroutines(lines: TextLines, places: _Places) -> Iterator[_Goroutine]:
    """The blocks of the text; what precedes the first one is passed over."""
    block: _Goroutine | None = None
    for line in lines:
        if line.startswith("goroutine ") and (header := _HEADER.match(line)):
            if block is not None:
                yield block
            block = _Goroutine(lines.count(header[1]), header[2])
        elif block is not None:
            _read_line(block, line, places)
    if block is not None:
        yield block


class _Places:
    """Frames of a tree by call and location: a dump repeats few many times."""

    def __init__(self, tree: CallTree) -> None:
        self._tree = tree
        self._locations: dict[str, str] = {}
        self._frames: dict[tuple[str, str], int] = {}

    def location(self, line: str) -> str:
        """``file:line`` in this line, '' where it holds none."""
        found = self._locations.get(line)
        if found is None:
            match = _LOCATION.match(line)
            found = self._locations[line] = match[1] if match else ""
        return found

    def frame(self, function: str, location: str) -> int:
        key = function, location
        found = self._frames.get(key)
        if found is None:
            found = self._frames[key] = self._tree.frame(go_frame(function, location))
        return found


def _read_line(block: _Goroutine, line: str, places: _Places) -> None:
    if not line.startswith("\t"):
        if line and not line.startswith(("[originating from goroutine", "...")):
            block.pending = line
    elif block.pending and (location := places.location(line)):
        _place(block, location, places)


def _place(block: _Goroutine, location: str, places: _Places) -> None:
    """Turn the pending call and its location into a frame, or into the creator of the goroutine."""
    created = _CREATED.match(block.pending) if block.pending.startswith("created by ") else None
    if created and block.created_by is None:
        block.created_by = go_frame(created[1], location)
        block.created_by_id = int(created[2] or 0)
    elif not created and block.created_by is None:
        block.frames.append(places.frame(_called(block.pending), location))
    block.pending = ""


def _called(call: str) -> str:
    """The function of ``net/http.(*conn).serve(0xc000, {0x1, 0x2})``."""
    function, bracket, _ = call.rpartition("(")
    return function if bracket and call.endswith(")") else call


def _add(builder: ProfileBuilder, goroutine: _Goroutine) -> tuple[object, ...]:
    """Add the goroutine to the profile and return its row of the table."""
    creator, tree = goroutine.created_by, builder.tree
    callsite = tree.path([*([tree.frame(creator)] if creator else []), *reversed(goroutine.frames)])
    builder.add_to(callsite, goroutines=1)
    state, *details = goroutine.status.split(", ")
    minutes = [int(found[1]) for found in map(_MINUTES.match, details) if found]
    known = creator or Frame("")
    return (
        goroutine.id,
        state,
        minutes[0] if minutes else 0,
        "locked to thread" in details,
        known.function,
        known.file,
        known.line,
        goroutine.created_by_id,
        callsite,
    )


def _health(lines: TextLines, goroutines: list[_Goroutine]) -> Health:
    """Cut where the last goroutine is, which is then taken out.

    Every goroutine but the first names, at its end, the function that started it.
    """
    last = goroutines[-1]
    if last.pending or lines.unterminated or (last.id > 1 and last.created_by is None):
        goroutines.pop()
        at_limit = lines.source.size >= WRITER_LIMIT_BYTES and not lines.source.compression
        why = "; Go stops writing at 64 MiB" if at_limit else ""
        return lines.health(f"it ends within goroutine {last.id}{why}")
    return lines.health()
