"""Heap profiles of Java programs in the heapz text format.

Format: ``--- heapz 1 ---``, ``name = value`` attributes, samples ``bytes blocks @ id …`` (innermost
    first), then a table ``id function (file:line)``. Sampled every 512 KiB on average.
Source: google/pprof's legacy_java_profile.go. Seen: its java.heap.
"""

from __future__ import annotations

import re

from forensics.builder import CallTree, Frame
from forensics.capture import Capture
from forensics.errors import BadDump
from forensics.profile import Origin
from forensics.readers.sampled_buckets import sampled_profile
from forensics.readers.snapshot_capture import snapshot_capture
from forensics.readers.source import Source
from forensics.readers.text_lines import TextLines, head_lines

FORMAT = "java-heap-text"
DESCRIPTION = "Java heapz text"

HEADER = "--- heapz 1 ---"
#: Fixed in the producer; the file does not name it.
SAMPLING_RATE = 524_288

_ATTRIBUTE = re.compile(r"^([\w ]{1,100})=([\w ]{1,100})$")
_SAMPLE = re.compile(r"^(-?\d+) +(-?\d+) +@((?: +0x[0-9a-f]{1,16})*)$")
_LOCATION = re.compile(r"^0x([0-9a-f]{1,16})\s+(\S.*)$")


def matches(source: Source) -> bool:
    lines = [line.strip() for line in head_lines(source)]
    return lines[:1] == [HEADER] and any(line.replace(" ", "") == "format=java" for line in lines[:10])


def load(source: Source) -> Capture:
    """The capture of this text: moment ``live``, estimates with standard errors. Raises BadDump."""
    lines = TextLines(source)
    samples: list[tuple[int, int]] = []
    stacks: list[str] = []
    frames: dict[int, Frame] = {}
    for line in (line.strip() for line in lines):
        if sample := _SAMPLE.match(line):
            samples.append(_counts(lines, sample))
            stacks.append(sample[3])
        elif location := _LOCATION.match(line):
            frames[int(location[1], 16)] = _frame(location[2])
        elif line and line != HEADER and not _is_attribute(lines, line) and not lines.unterminated:
            raise lines.bad("is neither a sample nor a location of a Java heap profile")
    tree, unnamed = CallTree(source.most_callsites), set[int]()
    callsites: dict[str, int] = {}
    for stack in stacks:
        if stack not in callsites:
            places = [int(place, 16) for place in reversed(stack.split())]
            unnamed.update(set(places) - frames.keys())
            callsites[stack] = tree.path([tree.frame(frames.get(p) or _unnamed(p)) for p in places])
    missing = f"{len(unnamed)} of its locations are not named at its end" if unnamed else ""
    return snapshot_capture(
        source,
        {"live": sampled_profile(source, tree, [callsites[s] for s in stacks], samples, SAMPLING_RATE)},
        origin=Origin(format=FORMAT, producer="Java heapz", language="java", sampling_rate=SAMPLING_RATE),
        health=lines.health(missing),
    )


def _counts(lines: TextLines, sample: re.Match[str]) -> tuple[int, int]:
    """(blocks, bytes), which stand the other way round in the file."""
    blocks, size_bytes = lines.count(sample[2]), lines.count(sample[1])
    if not blocks:
        raise lines.bad("counts bytes in no block")
    return blocks, size_bytes


def _is_attribute(lines: TextLines, line: str) -> bool:
    """True for ``name = value``. Raises BadDump where the resolution is not bytes."""
    attribute = _ATTRIBUTE.match(line)
    if attribute and attribute[1].strip() == "resolution" and attribute[2].strip() != "bytes":
        raise BadDump(
            lines.source.path, f"counts {attribute[2].strip()}, not bytes", "record the heap in bytes"
        )
    return attribute is not None


def _unnamed(place: int) -> Frame:
    return Frame(f"0x{place:x}", language="java")


def _frame(text: str) -> Frame:
    """The frame in ``package.Class.method (File.java:12)``; other texts are the function as a whole."""
    function, bracket, place = text.removesuffix(")").rpartition(" (")
    if not bracket:
        return Frame(text, language="java")
    file, colon, line = place.rpartition(":")
    number = int(line) if colon and line.isascii() and line.isdigit() and len(line) < 10 else 0
    return Frame(function, file if colon else place, number, function.rpartition(".")[0], "java")
