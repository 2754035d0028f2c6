"""Which sample type is which: moments and columns of a memory profile, measures of any other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

RECORDED = "recorded"


class SampleType(NamedTuple):
    """Name and unit of one value of a sample, as the file has them."""

    name: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of one moment: name to (position among the sample's values, factor)."""

    columns: Mapping[str, tuple[int, int]]
    #: Measures with their units, the one to show first first.
    measures: Mapping[str, str]


#: Names of memory sample types, with ``-`` read as ``_``: Go's, gperftools' as pprof converts them,
#: and those of the Java and Python profilers that write profile.proto.
_MEMORY = {
    "inuse_space": ("live", "bytes"),
    "inuse_bytes": ("live", "bytes"),
    "live_space": ("live", "bytes"),
    "live_bytes": ("live", "bytes"),
    "heap_space": ("live", "bytes"),
    "heap_live_size": ("live", "bytes"),
    "space": ("live", "bytes"),
    "inuse_objects": ("live", "blocks"),
    "live_objects": ("live", "blocks"),
    "heap_live_samples": ("live", "blocks"),
    "objects": ("live", "blocks"),
    "alloc_space": ("allocated", "bytes"),
    "alloc_bytes": ("allocated", "bytes"),
    "alloc_size": ("allocated", "bytes"),
    "alloc_objects": ("allocated", "blocks"),
    "alloc_samples": ("allocated", "blocks"),
}

#: Go's profiles that count what is there at one moment, to the measure of their text forms.
_COUNTED = {("goroutine", "count"): "goroutines", ("threadcreate", "count"): "threads"}

#: Bytes in a unit, as google/pprof's internal/measurement reads it: 1024 each.
BYTE_UNITS = {
    "b": 1, "byte": 1, "bytes": 1,
    "kb": 1 << 10, "kilobyte": 1 << 10, "kilobytes": 1 << 10,
    "mb": 1 << 20, "megabyte": 1 << 20, "megabytes": 1 << 20,
    "gb": 1 << 30, "gigabyte": 1 << 30, "gigabytes": 1 << 30,
}  # fmt: skip


def moments_of(types: Sequence[SampleType], default: str) -> dict[str, Columns]:
    """The moments that these sample types give, that of the default type first.

    Every type is in exactly one of them. The default is the type named so, else the last.
    """
    if len(types) == 1 and types[0] in _COUNTED:
        return {"live": _counted(_COUNTED[types[0]])}
    placed = [_place(kind) for kind in types]
    chosen = default_position(types, default)
    found: dict[str, Columns] = {}
    for moment in ("live", "allocated"):
        columns = {
            column: (position, BYTE_UNITS.get(types[position].unit.lower(), 1))
            for position, (where, column) in enumerate(placed)
            if where == moment
        }
        if columns:
            found[moment] = Columns(columns=columns, measures={"bytes": "bytes", "blocks": "blocks"})
    others = [position for position, (where, _) in enumerate(placed) if where == RECORDED]
    if others:
        found[RECORDED] = _recorded(types, sorted(others, key=lambda position: position != chosen))
    first = placed[chosen][0] if placed else ""
    return dict(sorted(found.items(), key=lambda item: item[0] != first))


def default_position(types: Sequence[SampleType], default: str) -> int:
    """Position of the type to show where none is asked for, by pprof's rule."""
    names = [kind.name for kind in types]
    return names.index(default) if default in names else len(names) - 1


def counts(moments: Mapping[str, Columns]) -> bool:
    """Whether these are the moments of Go's profile of its goroutines or threads."""
    return "live" in moments and moments["live"].columns.keys() <= set(_COUNTED.values())


def _counted(measure: str) -> Columns:
    return Columns(
        columns={measure: (0, 1)}, measures={measure: measure, "bytes": "bytes", "blocks": "blocks"}
    )


def _place(kind: SampleType) -> tuple[str, str]:
    moment, column = _MEMORY.get(kind.name.lower().replace("-", "_"), (RECORDED, kind.name))
    if column == "bytes" and moment != RECORDED and kind.unit.lower() not in BYTE_UNITS:
        return RECORDED, kind.name
    return moment, column


def _recorded(types: Sequence[SampleType], positions: Sequence[int]) -> Columns:
    """A column for each type under its own name; ``bytes`` is the first type measured in bytes."""
    columns: dict[str, tuple[int, int]] = {}
    measures: dict[str, str] = {}
    for position in positions:
        name, unit = types[position]
        name = _free(name or f"type {position}", (*columns, *RESERVED))
        columns[name], measures[name] = (position, 1), unit
        if unit.lower() in BYTE_UNITS and "bytes" not in columns:
            columns["bytes"] = (position, BYTE_UNITS[unit.lower()])
    return Columns(columns=columns, measures=measures)


#: Columns of allocations that mean something else.
RESERVED = ("callsite_id", "thread", "allocator", "label_id", "bytes", "blocks")


def _free(name: str, taken: Sequence[str]) -> str:
    while name in taken:
        name += "'"
    return name
