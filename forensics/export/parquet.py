"""A whole capture in one small Parquet file; `forensics.readers.parquet_capture` opens it again.

One row a callsite, in preorder: ``parent_distance`` (rows up to its caller, 0 outermost),
``function``, ``file``, ``line``, ``module``, ``language``, and for each moment a column
``at_<moment>`` that lists what is held there (thread, allocator, bytes, blocks, further measures).
Of events, ``history`` lists what changed in each step of the program's work (step, bytes, blocks,
added). The schema's metadata holds JSON: ``forensics`` (origin, health, totals and measures of each
moment), and ``forensics.more``, compressed (timeline, side-car, extras, and the history's times, last
levels and unpicklers). Same capture, same bytes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from forensics.builder import ProfileBuilder
from forensics.capture import Capture
from forensics.errors import UsageError
from forensics.export.history import kept_history
from forensics.export.one_tree import OneTree, one_tree
from forensics.export.paths import Written
from forensics.export.prune import prune
from forensics.history import CHANGES, History
from forensics.profile import ALLOCATION_COLUMNS, FRAME_COLUMNS, Origin, Profile

SCHEMA = "forensics/capture/1"
TIMELINE_ROWS = 2000
#: Parts of a side-car that the profile has already taken in, or that grow without bound.
SIDECAR_DROPPED = ("symbols",)


def write(capture: Capture, path: Path, *, moment: str | None = None, min_share: float = 0.0) -> Written:
    """Write the capture, and of its events what callsites held over time; returns what is not in the file.

    All moments by default, else the one named, without what came before and after it.

    ``min_share`` folds callsites that hold less than this share of the bytes at every moment into
    their callers; totals stay exact. Raises UsageError unless 0 <= min_share < 1.
    """
    if not 0 <= min_share < 1:
        raise UsageError(f"min_share is a share from 0 to below 1, not {min_share}")
    wanted = (moment,) if moment else capture.moments
    profiles, rows = _over_one_tree({moment: capture.profile(moment) for moment in wanted})
    if min_share and profiles:
        pruned, new_row = prune(profiles, min_share=min_share)
        profiles, rows = _noted(pruned, min_share), new_row[rows]
    count = len(next(iter(profiles.values())).callsites) if profiles else 0
    history = kept_history(capture, rows, count) if moment is None and profiles else None
    table = _table(profiles, history).replace_schema_metadata(_metadata(capture, profiles, history))
    # Lists of rows are read from one group of rows alone; a million callsites would make two.
    written = {"compression": "zstd", "compression_level": 9, "write_statistics": False}
    pq.write_table(table, path, row_group_size=max(len(table), 1), **written)
    return Written(tuple(wanted), lost(capture))


def lost(capture: Capture) -> tuple[str, ...]:
    """What Parquet does not hold of this capture, a line each."""
    extras = sorted(key for key, value in capture.extras.items() if plain(value) is None)
    return (
        *(("events: the order of allocations and frees",) if capture.event_stream is not None else ()),
        *(f"extra {key!r}: is no plain JSON" for key in extras),
        *(
            (f"timeline: {len(capture.timeline)} rows thinned, the highest values kept",)
            if len(capture.timeline) > TIMELINE_ROWS
            else ()
        ),
    )


def _over_one_tree(profiles: Mapping[str, Profile]) -> tuple[dict[str, Profile], np.ndarray]:
    """The profiles over one tree, and the row in it of each callsite of the first."""
    if not profiles:
        return {}, np.zeros(0, np.int64)
    tree = one_tree(list(profiles.values()))
    moved = {
        moment: _moved(profile, tree, rows)
        for (moment, profile), rows in zip(profiles.items(), tree.rows, strict=True)
    }
    return moved, tree.rows[0]


def _moved(profile: Profile, tree: OneTree, rows: np.ndarray) -> Profile:
    """The profile with its allocations on the callsites of ``tree``, in order of callsites."""
    moved = profile.allocations.assign(
        callsite_id=rows[profile.allocations["callsite_id"].to_numpy()].astype(np.int32)
    )
    return replace(
        profile,
        frames=tree.frames,
        callsites=tree.callsites,
        allocations=moved.sort_values("callsite_id", kind="stable", ignore_index=True),
    )


def _noted(profiles: Mapping[str, Profile], min_share: float) -> dict[str, Profile]:
    note = f"callsites below {min_share:.3%} of the bytes are counted in their callers"
    return {
        moment: profile.with_origin(notes=(*profile.origin.notes, note))
        for moment, profile in profiles.items()
    }


def _table(profiles: Mapping[str, Profile], history: History | None) -> pa.Table:
    first = next(iter(profiles.values()), ProfileBuilder().build())
    held = {f"at_{moment}": _held(profile) for moment, profile in profiles.items()}
    changes = {"history": _changes(history, len(first.callsites))} if history is not None else {}
    return pa.table({**_callsite_columns(first), **held, **changes})


def _callsite_columns(profile: Profile) -> dict[str, Any]:
    parents = profile.callsites["parent_id"].to_numpy()
    rows = np.arange(len(parents), dtype=np.int32)
    frame_id = profile.callsites["frame_id"].to_numpy()
    columns = {"parent_distance": pa.array(np.where(parents < 0, 0, rows - parents), pa.int32())}
    for name in FRAME_COLUMNS:
        values = profile.frames[name].to_numpy()[frame_id]
        columns[name] = pa.array(values, pa.int32() if name == "line" else pa.string())
    return columns


def _held(profile: Profile) -> pa.ListArray:
    """A list a callsite: rows of allocations, which are in order of callsites."""
    allocations = profile.allocations
    fields = {
        "thread": pa.array(allocations["thread"].astype("str"), pa.string()),
        "allocator": pa.array(allocations["allocator"].astype("str"), pa.string()),
    }
    for name in allocations.columns:
        if name not in ALLOCATION_COLUMNS[:3]:
            kind = pa.float64() if allocations[name].dtype.kind == "f" else pa.int64()
            fields[name] = pa.array(allocations[name].to_numpy(), kind)
    return _lists(fields, allocations["callsite_id"].to_numpy(), len(profile.callsites))


def _changes(history: History, count: int) -> pa.ListArray:
    """A list a callsite: what changed in which step."""
    fields = {name: pa.array(getattr(history, name), pa.int64()) for name in CHANGES}
    return _lists(fields, history.callsite_id, count)


def _lists(fields: Mapping[str, pa.Array], callsite_id: np.ndarray, count: int) -> pa.ListArray:
    """A list of rows for each of ``count`` callsites; the rows are in order of callsites."""
    ends = np.searchsorted(callsite_id, np.arange(count + 1))
    rows = pa.StructArray.from_arrays(list(fields.values()), names=list(fields))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), rows)


def _metadata(capture: Capture, profiles: Mapping[str, Profile], history: History | None) -> dict[str, str]:
    head = {
        "schema": SCHEMA,
        "origin": _origin(capture.origin),
        "health": asdict(capture.health),
        "no_events_because": "it is a stored profile without its events",
        "moments": [_moment(moment, capture, profile) for moment, profile in profiles.items()],
    }
    more = {
        "timeline": _timeline(capture.timeline),
        "sidecar": _sidecar(capture),
        "extras": {
            key: found for key, value in capture.extras.items() if (found := plain(value)) is not None
        },
        **({"history": _history(history, capture.timeline)} if history is not None else {}),
    }
    packed = zstandard.ZstdCompressor(level=12).compress(_json(more).encode())
    return {"forensics": _json(head), "forensics.more": base64.b85encode(packed).decode()}


def _json(document: object) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def _moment(moment: str, capture: Capture, profile: Profile) -> dict[str, object]:
    summary = capture.summaries[moment]
    common = _origin(capture.origin)
    differs = {key: value for key, value in _origin(profile.origin).items() if value != common[key]}
    return {
        "name": moment,
        "bytes": int(summary.bytes),
        "blocks": int(summary.blocks),
        "measures": list(profile.measures.items()),
        "origin": differs,
    }


def _origin(origin: Origin) -> dict[str, Any]:
    """The origin as JSON, with the name of the file and not its folder."""
    fields = {**asdict(origin), "path": PurePath(origin.path).name}
    return {
        key: value.isoformat() if isinstance(value, datetime) else list(value) if key == "notes" else value
        for key, value in fields.items()
    }


def _timeline(timeline: pd.DataFrame) -> list[list[object]]:
    """Name and values of each column; integers as the first value and then differences."""
    thin = thinned(timeline)
    columns: list[list[object]] = [["time", _differences(_nanoseconds(thin["time"]))]]
    for name in thin.columns.drop("time"):
        values = thin[name].to_numpy()
        if values.dtype.kind in "iub":
            columns.append([name, _differences(values.astype(np.int64))])
        elif values.dtype.kind == "f":
            columns.append([name, {"values": [None if np.isnan(v) else v for v in values.tolist()]}])
    return columns


def _history(history: History, timeline: pd.DataFrame) -> dict[str, Any]:
    """The time of each step's end (None before the first record), last levels and unpicklers by row."""
    times = _nanoseconds(timeline["time"])
    last = np.flatnonzero(history.last_bytes)
    return {
        "times": [int(times[row]) if row >= 0 else None for row in history.interval],
        "last": [last.tolist(), history.last_bytes[last].tolist()],
        "unpickled": np.flatnonzero(history.unpickled).tolist(),
    }


def _differences(values: np.ndarray) -> list[int]:
    return np.diff(values, prepend=np.zeros(1, np.int64)).tolist()


def _nanoseconds(times: pd.Series) -> np.ndarray:
    return times.dt.tz_convert(None).dt.as_unit("ns").to_numpy().view(np.int64)


def thinned(timeline: pd.DataFrame, rows: int = TIMELINE_ROWS) -> pd.DataFrame:
    """At most about this many rows: of each stretch its first row and the rows of its highest values."""
    if len(timeline) <= rows:
        return timeline
    numbers = timeline.select_dtypes("number").columns.intersection(["rss_bytes", "heap_bytes"])
    stretch = np.arange(len(timeline)) * (rows // (len(numbers) + 1)) // len(timeline)
    grouped = timeline.reset_index(drop=True).groupby(stretch)
    kept: list[Any] = [np.unique(stretch, return_index=True)[1], [len(timeline) - 1]]
    kept += [grouped[name].idxmax().to_numpy() for name in numbers]
    return timeline.iloc[np.unique(np.concatenate(kept))].reset_index(drop=True)


def _sidecar(capture: Capture) -> dict[str, Any] | None:
    """The side-car's document with its samples thinned."""
    if capture.sidecar is None:
        return None
    document = {k: v for k, v in capture.sidecar.document.items() if k not in SIDECAR_DROPPED}
    samples = capture.sidecar.samples
    if len(samples):
        thin = thinned(samples)
        document["samples"] = {
            "time_ns": _nanoseconds(thin["time"]).tolist(),
            **{name: thin[name].tolist() for name in thin.columns.drop("time")},
        }
    return plain(document)


def plain(value: Any) -> Any:
    """The value as plain JSON, None where it holds anything else."""
    try:
        return json.loads(json.dumps(value, allow_nan=False, default=_number))
    except (TypeError, ValueError, RecursionError):
        return None


def _number(value: object) -> int | float:
    if isinstance(value, (np.integer, np.floating)):
        return value.item()
    raise TypeError(f"{type(value).__name__} is no plain JSON")
