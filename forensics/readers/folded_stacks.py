"""Folded (collapsed) stacks, ``outermost;…;innermost number``, as flame graph scripts read them.

Format: one path a line, frames joined by ``;``, then a space and a whole number. A frame may end in
    ``(file:line)`` or ``(file)``. There is no header and no unit: the numbers are taken as bytes.
Source: github.com/brendangregg/FlameGraph (stackcollapse, flamegraph.pl); py-spy's frames.

The format says so little that only text all of whose lines are such paths is recognised.
"""

from __future__ import annotations

import re

import numpy as np

from forensics.builder import CallTree, Frame
from forensics.capture import Capture
from forensics.profile import NO_STACK, Origin, Profile
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import COUNT_LIMIT, TextLines, head_lines

FORMAT = "folded"
DESCRIPTION = "folded stacks (a;b;c 123)"

NO_UNIT = "the file has no unit: its numbers are taken as bytes, and it counts no blocks"

_PLACED = re.compile(r"^(.*\S) \(([^()]+?)(?::(\d{1,9}))?\)$")
_LETTER = re.compile(r"[^\W\d_]")


def matches(source: Source) -> bool:
    lines = [line for line in head_lines(source) if line.strip() and not line.startswith("#")]
    if len(lines) > 1 and not source.head.endswith(b"\n") and not _is_path(lines[-1]):
        lines.pop()  # it may be cut off
    return bool(lines) and any(";" in line for line in lines) and all(map(_is_path, lines))


def load(source: Source) -> Capture:
    """The capture of this text: moment ``live``, its numbers as bytes, blocks 0. Raises BadDump."""
    lines = TextLines(source)
    sums: dict[str, int] = {}
    held = 0
    missing = ""
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        path, _, number = line.rstrip().rpartition(" ")
        if not path or not number.lstrip("-").isdecimal():
            if not lines.unterminated:
                raise lines.bad("is no folded stack (frames joined by ; and a whole number)")
            missing = f"it ends within the stack of line {lines.number}"
            break
        value = lines.count(number)
        held += value
        if held >= COUNT_LIMIT:
            raise lines.bad("brings the sum beyond 2**63")
        sums[path] = sums.get(path, 0) + value
    return snapshot_capture(
        source,
        {"live": _profile(sums, CallTree(source.most_callsites))},
        origin=Origin(format=FORMAT, producer="folded stacks", notes=(NO_UNIT,)),
        health=lines.health(missing),
    )


def _profile(sums: dict[str, int], tree: CallTree) -> Profile:
    frames = _Frames(tree)
    size_bytes = np.fromiter(sums.values(), np.int64, len(sums))
    callsites = [tree.path(_path(path, frames)) for path in sums]
    return tree.profile(callsites, {"bytes": size_bytes, "blocks": np.zeros_like(size_bytes)})


def frame_of(text: str) -> Frame:
    """The frame in ``function (file:line)``; any other text is the function as a whole."""
    placed = _PLACED.match(text) if text.endswith(")") else None
    if placed is None:
        return Frame(text)
    return Frame(placed[1], placed[2], int(placed[3] or 0))


class _Frames(dict[str, int]):
    """Frames of a tree by their text: a dump repeats few frames many times."""

    def __init__(self, tree: CallTree) -> None:
        self._tree = tree

    def __missing__(self, text: str) -> int:
        frame = self[text] = self._tree.frame(frame_of(text.strip() or "(unknown)"))
        return frame


def _path(path: str, frames: _Frames) -> list[int]:
    names = path.strip().split(";")
    return [] if names == [NO_STACK] else [frames[name] for name in names]


def _is_path(line: str) -> bool:
    """True for frames that are not empty and start at once, one with a letter, a space and digits."""
    path, space, number = line.rstrip().rpartition(" ")
    return (
        bool(space)
        and number.isascii()
        and number.isdigit()
        and all(frame and not frame[0].isspace() for frame in path.split(";"))
        and _LETTER.search(path) is not None
        and not path.lstrip().startswith(('{"', "[{", "@"))
    )
