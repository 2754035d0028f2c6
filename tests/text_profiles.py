"""Profiles written as text, one call path a line: ``main > load_model > torch.load  352 MiB 12 blocks``."""

from __future__ import annotations

import re

from forensics.builder import Frame, ProfileBuilder
from forensics.profile import Origin, Profile

_LINE = re.compile(r"(?P<stack>.*?)\s+(?P<bytes>\d+)\s*(?P<unit>B|KiB|MiB|GiB)?\s+(?P<blocks>\d+) blocks?")
_FRAME = re.compile(r"(?P<function>[^()]+?)(?:\s*\((?P<file>[^():]*)(?::(?P<line>\d+))?\))?")
_UNIT = {None: 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def profile(text: str, **origin: object) -> Profile:
    """The profile that this text describes; an empty path (``- 5 B 1 block``) has no stack.

    A frame is ``function`` or ``function (file.py:12)``.
    """
    builder = ProfileBuilder()
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _LINE.fullmatch(line)
        assert found, f"not a line of a text profile: {line!r}"
        builder.add(
            stack(found["stack"]),
            bytes=int(found["bytes"]) * _UNIT[found["unit"]],
            blocks=int(found["blocks"]),
        )
    return builder.build(Origin(**{"path": "text", "moment": "live", **origin}))  # type: ignore[arg-type]


def stack(text: str) -> list[Frame]:
    """The frames of one line, outermost first."""
    return [] if text == "-" else [_frame(part.strip()) for part in text.split(" > ")]


def _frame(text: str) -> Frame:
    found = _FRAME.fullmatch(text)
    assert found, f"not a frame: {text!r}"
    return Frame(found["function"], found["file"] or "", int(found["line"] or 0), "", "python")
