"""Writing a pprof profile with the standard library alone: for a service that must stay light.

Source: https://github.com/google/pprof/blob/main/proto/profile.proto (field numbers) and
https://protobuf.dev/programming-guides/encoding/ (wire format). `forensics.export` writes whole
profiles; this writes one kind, samples of (objects, bytes) by stack of (function, file, line).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_ONE_BYTE = [bytes((value,)) for value in range(0x80)]


class StackSample(NamedTuple):
    """One sample: frames as (function, file, line), outermost first."""

    frames: Sequence[tuple[str, str, int]]
    blocks: int
    bytes: int


class _Strings:
    """The string table of a profile; the first entry is ''."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {"": 0}

    def id(self, text: str) -> int:
        return self._ids.setdefault(text, len(self._ids))

    def encoded(self) -> bytes:
        return b"".join(_bytes(6, text.encode("utf-8", "replace")) for text in self._ids)


class _Locations(dict[tuple[str, str, int], bytes]):
    """The id of each frame as it is written, numbered from 1."""

    def __missing__(self, frame: tuple[str, str, int]) -> bytes:
        number = self[frame] = _varint(len(self) + 1)
        return number


def heap_profile(samples: Iterable[StackSample], *, time_ns: int, comments: Sequence[str] = ()) -> bytes:
    """A gzipped profile of inuse_objects and inuse_space, as ``go tool pprof`` reads it."""
    strings = _Strings()
    functions: dict[tuple[str, str], int] = {}
    locations = _Locations()
    out: list[bytes] = []
    for kind, unit in (("inuse_objects", "count"), ("inuse_space", "bytes")):
        out.append(_bytes(1, _number(1, strings.id(kind)) + _number(2, strings.id(unit))))
    for sample in samples:
        ids = b"".join([locations[frame] for frame in reversed(sample.frames)])
        values = _varint(sample.blocks) + _varint(sample.bytes)
        out.append(_bytes(2, _bytes(1, ids) + _bytes(2, values)))
    for (function, file, line), written in locations.items():
        function_id = functions.setdefault((function, file), len(functions) + 1)
        line_of = _bytes(4, _number(1, function_id) + _number(2, line))
        out.append(_bytes(4, _varint(1 << 3) + written + line_of))
    for (function, file), number in functions.items():
        name = strings.id(function)
        names = _number(2, name) + _number(3, name) + _number(4, strings.id(file))
        out.append(_bytes(5, _number(1, number) + names))
    out += [_number(13, strings.id(comment)) for comment in comments]
    out += [_number(14, strings.id("inuse_space")), _number(9, time_ns), strings.encoded()]
    return gzip.compress(b"".join(out), compresslevel=1, mtime=0)


def _varint(value: int) -> bytes:
    """A non-negative number, seven bits a byte, lowest first."""
    if value < 0x80:
        return _ONE_BYTE[value]
    if value < 0x4000:
        return bytes((value & 0x7F | 0x80, value >> 7))
    return bytes((value & 0x7F | 0x80,)) + _varint(value >> 7)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content
