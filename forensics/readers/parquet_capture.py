"""Captures that `forensics convert … .parquet` stored.

Format: Parquet, zstd; one row a callsite in preorder, a list column ``at_<moment>`` for each moment, one
    of what changed over time, JSON in the schema's metadata (see `forensics.export.parquet`).
Source: our own; the container is https://parquet.apache.org/docs/file-format/.
Seen: ``forensics/capture/1``.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from functools import partial
from typing import Any, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import zstandard

from forensics.builder import LANGUAGES, depths_of, profile_from_columns
from forensics.capture import Capture, Health, HealthState, Summary, empty_timeline
from forensics.errors import BadDump, BadProfile, TooLarge
from forensics.history import CHANGES, History
from forensics.profile import FRAME_COLUMNS, NO_PARENT, Origin, Profile, check_tree
from forensics.readers.parquet_pages import MAGIC, column_extents, walk_pages
from forensics.readers.source import Source
from forensics.sidecar import sidecar_from

FORMAT = "parquet"
DESCRIPTION = "a capture stored by forensics convert (.parquet)"

SCHEMA = "forensics/capture/1"
LARGEST_FILE = 1 << 30
LARGEST_EXPANSION = 4 << 30
LARGEST_FOOTER = 64 << 20
LARGEST_METADATA = 256 << 20
#: Callsites and values: so many at most, and from these on no more than the file's bytes allow.
#: A capture of 50 million records has 1.35 million callsites and 37 million values in 4 MB.
MOST_ROWS, BYTES_A_ROW, FEW_ROWS = 8 << 20, 2, 2 << 20
MOST_ENTRIES, ENTRIES_A_BYTE, FEW_ENTRIES = 256 << 20, 16, 48 << 20
MOST_MOMENTS = 16
MOST_STEPS = 256
MOST_CHANGES = 1 << 20
#: No change of one callsite in one step is so large, in bytes or blocks.
MOST_CHANGED = 1 << 50
REMEDY = "convert the original dump again"

#: What decoding a damaged file raises.
FAULTS = (
    pa.ArrowException,
    zstandard.ZstdError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
)

_TEXT = ("function", "file", "module", "language")


def matches(source: Source) -> bool:
    return source.raw_head.startswith(MAGIC)


def load(source: Source) -> Capture:
    """The stored capture. Raises BadDump where it is no such file or is damaged, TooLarge past a limit."""
    try:
        return _capture(source)
    except FAULTS as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise BadDump(source.path, f"is no whole stored capture ({reason})", REMEDY) from error
    except BadProfile as error:
        raise BadDump(source.path, f"holds impossible tables ({error})", REMEDY) from error


def _capture(source: Source) -> Capture:
    content = _content(source)
    table = _table(source, content)
    head, more = _documents(source, table)
    origin = _origin(head["origin"], path=str(source.path), sha256=source.sha256)
    moments = {moment["name"]: moment for moment in head["moments"]}
    tree = _Tree(table, moments)
    stored = {
        "format": FORMAT,
        "file": head["origin"].get("path", ""),
        "sha256": head["origin"].get("sha256", ""),
    }
    sidecar = more.get("sidecar")
    timeline = _timeline(more["timeline"])
    return Capture(
        origin=origin,
        health=_health(head["health"]),
        summaries={name: Summary(_count(m["bytes"]), _count(m["blocks"])) for name, m in moments.items()},
        profiles={name: partial(tree.profile, name, origin) for name in moments},
        timeline=timeline,
        history=_history(table, more["history"], timeline) if "history" in more else None,
        no_events_because=str(head["no_events_because"]),
        sidecar=sidecar_from(sidecar, path=str(source.path)) if isinstance(sidecar, dict) else None,
        extras={**more["extras"], "stored": stored},
    )


def _content(source: Source) -> bytes:
    if source.size > LARGEST_FILE:
        raise TooLarge(source.path, f"a stored capture of more than {LARGEST_FILE} bytes", REMEDY)
    with source.open() as file:
        content = file.read(LARGEST_FILE + 1)
    if not content.endswith(MAGIC) or len(content) < 12:
        raise ValueError("it ends early")
    if int.from_bytes(content[-8:-4], "little") > min(LARGEST_FOOTER, len(content) - 12):
        raise ValueError("its footer has an impossible size")
    return content


def _table(source: Source, content: bytes) -> pa.Table:
    """The decoded columns, after rows, values and pages were counted against the limits."""
    import pyarrow.parquet as pq  # a tenth of a second that only this format has to pay

    limits = {"thrift_string_size_limit": LARGEST_FOOTER, "thrift_container_size_limit": 1 << 20}
    metadata = pq.ParquetFile(pa.BufferReader(content), **limits).metadata
    most_rows = min(MOST_ROWS, max(FEW_ROWS, len(content) // BYTES_A_ROW))
    if not 0 <= metadata.num_rows <= most_rows:
        raise TooLarge(source.path, f"more than {most_rows} callsites", REMEDY)
    filled = [number for number in range(metadata.num_row_groups) if metadata.row_group(number).num_rows]
    pages = [walk_pages(content, *extent) for extent in column_extents(content)]
    most_entries = min(MOST_ENTRIES, max(FEW_ENTRIES, ENTRIES_A_BYTE * len(content)))
    if sum(p.entries for p in pages) > most_entries or sum(p.bytes for p in pages) > LARGEST_EXPANSION:
        raise TooLarge(source.path, "expands to far more values than a file of its size has", REMEDY)
    leaves = [metadata.schema.column(number) for number in range(metadata.num_columns)]
    texts = [leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY"]
    file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=texts, **limits)
    table = file.read_row_groups(filled, use_threads=False).combine_chunks()
    table.validate(full=True)
    return table


def _documents(source: Source, table: pa.Table) -> tuple[dict[str, Any], dict[str, Any]]:
    metadata = table.schema.metadata or {}
    if b"forensics" not in metadata:
        raise BadDump(source.path, "is a Parquet file, but not of a capture", "load it with pandas")
    head = json.loads(metadata[b"forensics"])
    if head.get("schema") != SCHEMA:
        raise BadDump(
            source.path, f"is a stored capture of another version than {SCHEMA}", "upgrade heap-forensics"
        )
    packed = base64.b85decode(metadata[b"forensics.more"])
    with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed) as stream:
        text = stream.read(LARGEST_METADATA + 1)
    if len(text) > LARGEST_METADATA:
        raise TooLarge(source.path, f"metadata of more than {LARGEST_METADATA} bytes", REMEDY)
    if len(head["moments"]) > MOST_MOMENTS:
        raise TooLarge(source.path, f"more than {MOST_MOMENTS} moments", REMEDY)
    return head, json.loads(text)


class _Tree:
    """The callsites of the file, shared by the profiles of all its moments."""

    def __init__(self, table: pa.Table, moments: Mapping[str, Mapping[str, Any]]) -> None:
        self._moments = moments
        self._held = {name: _rows(table, f"at_{name}") for name in moments}
        for name, moment in moments.items():
            _check_totals(name, moment, self._held[name][1])
        self._parents = _parents(table)
        self._depths = depths_of(self._parents)
        self._frames, self._frame_ids = _frames(table)
        check_tree(
            pd.DataFrame({"parent_id": self._parents, "frame_id": self._frame_ids, "depth": self._depths})
        )

    def profile(self, name: str, origin: Origin) -> Profile:
        """The profile of this moment. Raises BadDump where its values are impossible."""
        try:
            return self._profile(name, origin)
        except (BadProfile, *FAULTS) as error:
            raise BadDump(origin.path, f"holds impossible tables ({error})", REMEDY) from error

    def _profile(self, name: str, origin: Origin) -> Profile:
        callsite_id, rows = self._held[name]
        moment = self._moments[name]
        origin = _origin({**_stored(origin), **moment["origin"]}, path=origin.path, sha256=origin.sha256)
        return profile_from_columns(
            frames=self._frames,
            parent_id=self._parents,
            frame_id=self._frame_ids,
            depth=self._depths,
            callsite_id=callsite_id,
            thread=_category(rows["thread"]),
            allocator=_category(rows["allocator"]),
            values={
                key: column.to_numpy() for key, column in rows.items() if key not in ("thread", "allocator")
            },
            measures={str(measure): str(unit) for measure, unit in moment["measures"]},
            origin=origin,
        )


def _parents(table: pa.Table) -> np.ndarray:
    distance = _integers(table, "parent_distance").astype(np.int64)
    rows = np.arange(len(distance))
    if len(distance) and ((distance < 0).any() or (distance > rows).any()):
        raise ValueError("a callsite has no caller at that distance")
    return np.where(distance == 0, NO_PARENT, rows - distance)


def _rows(table: pa.Table, name: str) -> tuple[np.ndarray, dict[str, pa.Array]]:
    """Callsite and columns of what is held at one moment."""
    column = _column(table, name)
    if not pa.types.is_list(column.type) or column.null_count:
        raise ValueError(f"the column {name} holds no lists")
    rows = column.flatten()
    if rows.null_count:
        raise ValueError(f"the column {name} has gaps")
    fields = {field.name: array for field, array in zip(rows.type, rows.flatten(), strict=True)}
    for key, array in fields.items():
        text = key in ("thread", "allocator")
        if array.null_count or pa.types.is_dictionary(array.type) != text or not (text or _is_number(array)):
            raise ValueError(f"the column {name}.{key} has gaps or another type")
    lengths = np.diff(column.offsets.to_numpy())
    return np.repeat(np.arange(len(lengths)), lengths), fields


def _history(table: pa.Table, document: Mapping[str, Any], timeline: pd.DataFrame) -> History:
    """What was kept of the events. Raises ValueError where it is impossible."""
    if len(_column(table, "history").flatten()) > MOST_CHANGES:
        raise ValueError("its history has too many changes")
    callsite_id, columns = _rows(table, "history")
    changes = {name: columns[name].to_numpy().astype(np.int64) for name in CHANGES}
    times = document["times"]
    if len(times) > MOST_STEPS or (changes["step"].size and not _within(changes["step"], len(times))):
        raise ValueError("its history has an impossible step")
    if any(np.abs(values).max(initial=0) >= MOST_CHANGED for values in changes.values()):
        raise ValueError("its history has an impossible size")
    known = timeline["time"].astype("int64").to_numpy()
    ends = [np.searchsorted(known, time, side="right") - 1 if time is not None else -1 for time in times]
    last, unpickled = np.zeros(len(table), np.int64), np.zeros(len(table), bool)
    at, level = (np.array(part, np.int64) for part in document["last"])
    pickled = np.array(document["unpickled"], np.int64)
    if not _within(at, len(table)) or not _within(pickled, len(table)):
        raise ValueError("its history names a callsite that is not there")
    last[at], unpickled[pickled] = level, True
    return History(
        callsite_id=callsite_id,
        interval=np.array(ends, np.int64),
        last_bytes=last,
        unpickled=unpickled,
        **changes,
    )


def _within(rows: np.ndarray, count: int) -> bool:
    return not len(rows) or (int(rows.min()) >= 0 and int(rows.max()) < count)


def _check_totals(name: str, moment: Mapping[str, Any], rows: Mapping[str, pa.Array]) -> None:
    """Raises ValueError where the rows of a moment do not add up to what is stored as its totals."""
    for measure in ("bytes", "blocks"):
        if int(rows[measure].to_numpy().sum()) != moment[measure]:
            raise ValueError(f"the {measure} of the moment {name} do not add up to its total")
    if absent := [str(measure) for measure, _ in moment["measures"] if measure not in rows]:
        raise ValueError(f"the moment {name} has no column {absent[0]!r}")


def _is_number(array: pa.Array) -> bool:
    return bool(pa.types.is_int64(array.type) or pa.types.is_float64(array.type))


def _frames(table: pa.Table) -> tuple[pd.DataFrame, np.ndarray]:
    """The distinct frames, and the frame of each callsite."""
    texts = {name: _category(_column(table, name)) for name in _TEXT}
    line = _integers(table, "line")
    if len(line) and line.min() < 0:
        raise ValueError("a line is negative")
    keys = [np.asarray(texts[name].codes, np.int64) for name in _TEXT] + [line.astype(np.int64)]
    ids = keys[0]
    for key in keys[1:]:
        ids, _ = pd.factorize(ids << 32 | key)
    ids, first = pd.factorize(ids)[0], pd.Series(ids).drop_duplicates().index.to_numpy()
    columns = {
        name: pd.array(np.asarray(texts[name].take(first), dtype=object), dtype="str") for name in _TEXT[:3]
    }
    languages = np.asarray(texts["language"].take(first), dtype=object)
    if not set(languages) <= set(LANGUAGES):
        raise ValueError("a frame is in a language that is not known here")
    language = pd.Categorical(languages, categories=LANGUAGES)
    table_of_frames = pd.DataFrame({**columns, "line": line[first].astype(np.int32), "language": language})
    return table_of_frames[list(FRAME_COLUMNS)], ids


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table.column(name)
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _integers(table: pa.Table, name: str) -> np.ndarray:
    column = _column(table, name)
    if column.null_count or not pa.types.is_int32(column.type):
        raise ValueError(f"the column {name} holds no whole numbers")
    return column.to_numpy()


def _category(column: pa.Array) -> pd.Categorical[Any]:
    if not pa.types.is_dictionary(column.type) or column.null_count or column.dictionary.null_count:
        raise ValueError("a column of names holds something else")
    names = column.dictionary.to_pylist()
    codes, unique = pd.factorize(np.array(names, dtype=object))
    return pd.Categorical.from_codes(codes[column.indices.to_numpy()], categories=pd.Index(unique))


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError("a total is no count")
    return value


def _health(document: Mapping[str, Any]) -> Health:
    if document["state"] not in get_args(HealthState):
        raise ValueError("it has an unknown health")
    offset = document.get("offset")
    return Health(
        state=document["state"],
        detail=str(document.get("detail", "")),
        offset=offset if isinstance(offset, int) else None,
    )


_TIMES = ("started", "ended")


def _origin(document: Mapping[str, Any], **known: Any) -> Origin:
    """The origin in a JSON document; what has the wrong type counts as unknown."""
    values: dict[str, Any] = {}
    for field in fields(Origin):
        value = document.get(field.name)
        if field.name in _TIMES:
            value = datetime.fromisoformat(value) if isinstance(value, str) else value
        elif field.name == "notes":
            value = tuple(str(note) for note in value or ())
        if _fits(field.name, value):
            values[field.name] = value
    return Origin(**{**values, **known})


def _fits(name: str, value: object) -> bool:
    if name in _TIMES:
        return value is None or isinstance(value, datetime)
    if name in ("pid", "sampling_rate"):
        return value is None or type(value) is int
    wanted: type = {"complete": bool, "notes": tuple}.get(name, str)
    return isinstance(value, wanted)


def _stored(origin: Origin) -> dict[str, Any]:
    return {field.name: getattr(origin, field.name) for field in fields(Origin)}


def _timeline(columns: list[list[Any]]) -> pd.DataFrame:
    """Columns are ``[name, differences]`` or ``[name, {"values": […]}]`` of floats; time comes first."""
    unpacked = {str(name): _unpacked(values) for name, values in columns}
    times = unpacked.pop("time")
    if not len(times):
        return empty_timeline()
    return pd.DataFrame({"time": pd.to_datetime(times, unit="ns", utc=True), **unpacked})


def _unpacked(values: Any) -> np.ndarray:
    if isinstance(values, dict):
        return np.array(values["values"], np.float64)
    return np.cumsum(np.array(values, np.int64))
