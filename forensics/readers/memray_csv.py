"""Tables that ``memray transform csv`` writes.

Format: CSV with the columns allocator, num_allocations, size, tid, thread_name, stack_trace; a stack
    is ``function;file;line`` joined by ``|``, innermost first; lines end in CR LF.
Source: memray's src/memray/reporters/transform.py. Seen: memray 1.20.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from forensics.builder import CallTree, Frame, ProfileBuilder
from forensics.capture import Capture
from forensics.profile import Origin
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import COUNT_LIMIT, LONGEST_LINE_BYTES, TextLines, first_line

FORMAT = "memray-csv"
DESCRIPTION = "memray transform csv"

HEADER = "allocator,num_allocations,size,tid,thread_name,stack_trace"
MOMENT_IS_TAKEN = "the table does not say its moment: taken as the peak, which memray writes unless asked"

_PLACE = re.compile(r"^.*;.*;\d{1,9}$", re.DOTALL)
_FIELD = re.compile(r'"((?:[^"]|"")*)"(?:,|$)|([^,"]*)(?:,|$)')
_PYTHON_FILES = (".py", ".pyi", ".pyx", ".ipynb")


def matches(source: Source) -> bool:
    return first_line(source).strip() == HEADER


def load(source: Source) -> Capture:
    """The capture of this table: moment ``peak``. Raises BadDump."""
    lines = TextLines(source)
    builder = ProfileBuilder(tree=CallTree(source.most_callsites))
    frames, callsites = _Frames(builder.tree), dict[str, int]()
    held = [0, 0]
    missing = ""
    for record in _records(lines):
        fields = _fields(record)
        if len(fields) != 6 or _cut(lines, fields):
            if not lines.unterminated:
                raise lines.bad(f"has {len(fields)} columns where memray writes 6")
            missing = f"it ends within the row of line {lines.number}"
            break
        allocator, blocks, size, tid, thread_name, stack = fields
        held = [held[0] + lines.count(blocks), held[1] + lines.count(size)]
        if max(held) >= COUNT_LIMIT:
            raise lines.bad("brings the sum beyond 2**63")
        if stack not in callsites:
            callsites[stack] = builder.tree.path(_path(lines, stack, frames) if stack else [])
        builder.add_to(
            callsites[stack],
            thread=thread_name or tid,
            allocator=allocator.lower(),
            bytes=int(size),
            blocks=int(blocks),
        )
    return snapshot_capture(
        source,
        {"peak": builder.build()},
        origin=Origin(
            format=FORMAT, producer="memray transform csv", language="python", notes=(MOMENT_IS_TAKEN,)
        ),
        health=lines.health(missing),
    )


def _records(lines: TextLines) -> Iterator[str]:
    """The rows after the header; a quoted field may hold line ends."""
    pending = ""
    rows = iter(lines)
    next((line for line in rows if line.strip()), None)
    for line in rows:
        pending = f"{pending}\n{line}" if pending else line
        if pending.count('"') % 2 == 0:
            if pending.strip():
                yield pending
            pending = ""
        elif len(pending) > LONGEST_LINE_BYTES:
            raise lines.bad("opens a quote that does not close within 1 MiB")
    if pending:
        lines.unterminated = True
        yield pending


def _fields(record: str) -> list[str]:
    """The columns; doubled quotes inside quotes stand for one."""
    if '"' not in record:
        return record.split(",")
    fields, position = [], 0
    while position <= len(record):
        match = _FIELD.match(record, position)
        if match is None:
            return []
        fields.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        if match.end() == len(record) and not match[0].endswith(","):
            break
        position = match.end()
    return fields


def _cut(lines: TextLines, fields: list[str]) -> bool:
    """True where the last row of a file without a line end does not end in a whole frame."""
    return lines.unterminated and not _PLACE.match(fields[5])


class _Frames(dict[str, int]):
    """Frames of a tree by ``function;file;line``, -1 for what is none: a table repeats few many times."""

    def __init__(self, tree: CallTree) -> None:
        self._tree = tree

    def __missing__(self, text: str) -> int:
        place, _, line = text.rpartition(";")
        function, semicolon, file = place.rpartition(";")
        whole = semicolon and line.isascii() and line.isdigit() and len(line) < 10
        found = self[text] = self._tree.frame(_frame(function, file, int(line))) if whole else -1
        return found


def _path(lines: TextLines, stack: str, frames: _Frames) -> list[int]:
    """The frames, outermost first. A ``|`` inside a function's name does not part frames."""
    path, pending = [], ""
    for part in stack.split("|"):
        text = f"{pending}|{part}" if pending else part
        frame = frames[text]
        pending = "" if frame >= 0 else text
        if frame >= 0:
            path.append(frame)
    if pending:
        raise lines.bad("holds a stack that memray does not write")
    return path[::-1]


def _frame(function: str, file: str, line: int) -> Frame:
    python = file.endswith(_PYTHON_FILES) or file.startswith("<")
    return Frame(function, file, line, "", "python" if python else "native")
