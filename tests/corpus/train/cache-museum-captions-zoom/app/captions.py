"""Captions laid out for a screen."""

from typing import NamedTuple

from cachetools import cached

from exhibits import EXHIBITS


class Caption(NamedTuple):
    text: str
    lines: int
    width: int


@cached(cache={})
def caption(exhibit, language, zoom):
    """The text of a caption, broken into lines for this zoom."""
    width = int(64 / zoom)
    lines, line = [], ""
    for word in EXHIBITS[exhibit][language].split():
        if len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return Caption("\n".join([*lines, line]), len(lines) + 1, width)
