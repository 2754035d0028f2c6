"""profile.proto, gzipped, as ``go tool pprof`` reads it; the same capture gives the same bytes.

One function and one location for each frame; thread and allocator are labels. The moment is written
as ``inuse_*`` (``alloc_*`` for ``allocated``), with ``allocated`` beside it where the dump has it.
Source: https://github.com/google/pprof/blob/main/proto/profile.proto
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forensics.capture import Capture
from forensics.export.one_tree import one_tree
from forensics.export.paths import Written, frame_paths, lost_columns, lost_of_capture, other_moments
from forensics.profile import Origin, Profile

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Sample types of a memory profile, in Go's order of (blocks, bytes).
_MEMORY = {"allocated": ("alloc_objects", "alloc_space")}
_IN_USE = ("inuse_objects", "inuse_space")
#: Sample types of profiles that count, as Go writes them.
_COUNTED = {"goroutines": "goroutine", "threads": "threadcreate"}


def write(capture: Capture, path: Path, *, moment: str | None = None) -> Written:
    """Write one moment (and ``allocated`` where none is asked for); returns what is not held."""
    profiles = _chosen(capture, moment)
    path.write_bytes(gzip.compress(encode(profiles, labels=_labels(capture)), mtime=0))
    first = profiles[0]
    held = {*first.measures, "bytes", "blocks", "thread", "allocator", "label_id"}
    if _sampled_by_bytes(first):
        held |= {"bytes_error", "blocks_error"}  # a reader finds them from the period again
    renamed = first.origin.moment not in ("live", "allocated", "recorded")
    moments = tuple(profile.origin.moment for profile in profiles)
    lost = (
        *other_moments(capture, moments),
        *((f"the name of the moment: {first.origin.moment} is written as inuse_*",) if renamed else ()),
        *lost_columns(first, sorted(held)),
        "frames: their module and language",
        *lost_of_capture(capture),
    )
    return Written(moments, lost)


def _chosen(capture: Capture, moment: str | None) -> list[Profile]:
    first = capture.profile(moment)
    beside = (
        moment is None and "allocated" in capture.moments and first.origin.moment in ("live", "peak", "end")
    )
    return [first, capture.profile("allocated")] if beside else [first]


def _labels(capture: Capture) -> Sequence[Mapping[str, Any]]:
    labels = capture.extras.get("labels")
    return labels if isinstance(labels, list) else ()


def encode(profiles: Sequence[Profile], *, labels: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """The message, not compressed; ``labels`` are what the column ``label_id`` points at."""
    texts = _Texts()
    types = _distinct_types(profiles)
    message = bytearray()
    for name, unit in types:
        message += _field(1, _numbers({1: texts[name], 2: texts[unit]}))
    tree = one_tree(profiles)
    rows = _rows(profiles, tree.rows)
    together = _over(profiles[0], tree.frames, tree.callsites)
    paths = frame_paths(together, [key[0] for key in rows])
    for (key, values), path in zip(rows.items(), paths, strict=True):
        message += _field(2, _sample(path, values, _label_fields(key, labels, texts)))
    for field in _locations(tree.frames, texts):
        message += field
    scalars = _scalars(profiles[0], types, texts)
    for text in texts.order:
        message += _field(6, text.encode("utf-8", "backslashreplace"))
    return bytes(message + scalars)


def _distinct_types(profiles: Sequence[Profile]) -> list[tuple[str, str]]:
    """Those of all profiles; what the second, of all that was allocated, has too is ``alloc_…`` there."""
    types: dict[str, str] = {}
    for profile in profiles:
        types |= {(f"alloc_{name}" if name in types else name): unit for name, unit in _types(profile)}
    return list(types.items())


def _types(profile: Profile) -> list[tuple[str, str]]:
    """Name and unit of each value, in the order in which `_values` gives them."""
    if profile.origin.moment == "recorded":
        return list(profile.measures.items())
    if _only_counts(profile):
        return [(_COUNTED[profile.primary_measure], "count")]
    blocks, size = _MEMORY.get(profile.origin.moment, _IN_USE)
    further = [item for item in profile.measures.items() if item[0] not in ("bytes", "blocks")]
    return [(blocks, "count"), (size, "bytes"), *further]


def _columns(profile: Profile) -> list[str]:
    if profile.origin.moment == "recorded":
        return list(profile.measures)
    if _only_counts(profile):
        return [profile.primary_measure]
    return ["blocks", "bytes", *(name for name in profile.measures if name not in ("bytes", "blocks"))]


def _only_counts(profile: Profile) -> bool:
    return profile.primary_measure in _COUNTED and not profile.total_bytes and not profile.total_blocks


_Key = tuple[int, str, str, int]


def _rows(profiles: Sequence[Profile], callsites: Sequence[np.ndarray]) -> dict[_Key, list[int]]:
    """Values by (callsite, thread, allocator, label set) over all profiles, in order of the key."""
    width = sum(len(_columns(profile)) for profile in profiles)
    sums: dict[_Key, list[int]] = {}
    at = 0
    for profile, rows in zip(profiles, callsites, strict=True):
        table = profile.allocations
        columns = _columns(profile)
        label = table["label_id"] if "label_id" in table else np.full(len(table), -1)
        keys = zip(
            rows[table["callsite_id"].to_numpy()].tolist(),
            table["thread"].astype("str"),
            table["allocator"].astype("str"),
            np.asarray(label).tolist(),
            strict=True,
        )
        values = zip(*(table[name].to_numpy().tolist() for name in columns), strict=True)
        for key, row in zip(keys, values, strict=True):
            found = sums.setdefault(key, [0] * width)
            for offset, value in enumerate(row, at):
                found[offset] += value
        at += len(columns)
    return dict(sorted(sums.items()))


def _over(profile: Profile, frames: pd.DataFrame, callsites: pd.DataFrame) -> Profile:
    """A profile of no allocations over the common tree, for its paths."""
    return Profile(
        frames=frames,
        callsites=callsites,
        allocations=profile.allocations.iloc[:0],
        measures=profile.measures,
    )


def _sample(path: Iterable[int], values: Iterable[int], labels: bytes) -> bytes:
    locations = b"".join(_varint(frame + 1) for frame in path)
    return _field(1, locations) + _field(2, b"".join(map(_varint, values))) + labels


def _label_fields(key: _Key, labels: Sequence[Mapping[str, Any]], texts: _Texts) -> bytes:
    _, thread, allocator, number = key
    given = dict(labels[number]) if 0 <= number < len(labels) else {}
    if thread and str(thread) not in map(_plain, given.values()):
        given["thread"] = thread
    if allocator:
        given["allocator"] = allocator
    return b"".join(
        _field(3, _label(name, one, texts))
        for name, value in given.items()
        for one in (value if isinstance(value, list) else [value])
    )


def _plain(value: Any) -> str:
    return str(value["value"] if isinstance(value, dict) else value)


def _label(name: str, value: Any, texts: _Texts) -> bytes:
    if isinstance(value, str):
        return _numbers({1: texts[name], 2: texts[value]})
    if isinstance(value, dict):
        return _numbers({1: texts[name], 3: value["value"], 4: texts[value["unit"]]})
    return _numbers({1: texts[name], 3: value})


def _locations(frames: pd.DataFrame, texts: _Texts) -> Iterable[bytes]:
    """One mapping, then a location and a function for each frame; functions of one name and file are one."""
    yield _field(3, _numbers({1: 1, 7: 1, 8: 1, 9: 1}))
    functions: dict[tuple[str, str], int] = {}
    rows = zip(frames["function"], frames["file"], frames["line"].tolist(), strict=True)
    for location, (function, file, line) in enumerate(rows, 1):
        number = functions.setdefault((function, file), len(functions) + 1)
        yield _field(4, _numbers({1: location, 2: 1}) + _field(4, _numbers({1: number, 2: line})))
    for (function, file), number in functions.items():
        yield _field(5, _numbers({1: number, 2: texts[function], 3: texts[function], 4: texts[file]}))


def _scalars(profile: Profile, types: Sequence[tuple[str, str]], texts: _Texts) -> bytes:
    """Times, period, comments and the default sample type."""
    origin = profile.origin
    shown = profile.primary_measure
    default = (
        {"bytes": types[1][0], "blocks": types[0][0]}.get(shown, shown) if len(types) > 1 else types[0][0]
    )
    started, duration = _times(origin)
    fields = {9: started, 10: duration, 14: texts[default]}
    parts = [_numbers(fields)]
    if _sampled_by_bytes(profile):
        parts.append(_field(11, _numbers({1: texts["space"], 2: texts["bytes"]})))
        parts.append(_numbers({12: origin.sampling_rate or 0}))
    parts += [_varint(13 << 3) + _varint(texts[comment]) for comment in _comments(origin)]
    return b"".join(parts)


def _sampled_by_bytes(profile: Profile) -> bool:
    return profile.origin.sampling_rate is not None and profile.origin.moment != "recorded"


def _times(origin: Origin) -> tuple[int, int]:
    """Start and duration in nanoseconds, 0 where unknown."""
    start = origin.started or origin.ended
    if start is None:
        return 0, 0
    length = max(origin.ended - start, timedelta()) if origin.ended else timedelta()
    return (start - _EPOCH) // timedelta(microseconds=1) * 1000, length // timedelta(microseconds=1) * 1000


def _comments(origin: Origin) -> list[str]:
    """What profile.proto has no field for, for people to read."""
    told = [
        f"converted by heap-forensics from {origin.producer or origin.format}",
        f"moment: {origin.moment}",
    ]
    told += [f"commit: {origin.commit}"] if origin.commit else []
    told += [] if origin.complete else [f"incomplete: {origin.missing}"]
    return [*told, *origin.notes]


class _Texts:
    """The string table: rows in order of first use, the empty text first."""

    def __init__(self) -> None:
        self._rows = {"": 0}

    def __getitem__(self, text: str) -> int:
        return self._rows.setdefault(text, len(self._rows))

    @property
    def order(self) -> list[str]:
        return list(self._rows)


def _numbers(fields: Mapping[int, int]) -> bytes:
    """Varint fields; those of 0 are left out, as proto3 does."""
    return b"".join(_varint(number << 3) + _varint(value) for number, value in fields.items() if value)


def _field(number: int, payload: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _varint(value: int) -> bytes:
    """Base 128, low bits first; negative numbers as 64 bits of two's complement."""
    value = int(value) & 0xFFFFFFFFFFFFFFFF
    if value < 128:
        return bytes((value,))
    digits = bytearray()
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    digits.append(value)
    return bytes(digits)
