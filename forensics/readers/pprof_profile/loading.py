"""From the columns of a profile.proto to a capture: moments, rows, labels, errors, origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from forensics.builder import NO_STACK_FRAME, frame_table, profile_from_columns
from forensics.capture import Capture, Health, Summary
from forensics.errors import BadDump, MissingMoment, TooLarge
from forensics.profile import NO_PARENT, Origin, Profile
from forensics.readers.pprof_profile import wire_kernel as kernel
from forensics.readers.pprof_profile.difference import SavedDifference
from forensics.readers.pprof_profile.frames import Locations, read_locations
from forensics.readers.pprof_profile.labels import Labels, read_label_sets
from forensics.readers.pprof_profile.sample_types import (
    BYTE_UNITS,
    RECORDED,
    Columns,
    SampleType,
    counts,
    default_position,
    moments_of,
)
from forensics.readers.pprof_profile.texts import LOST, Texts
from forensics.readers.pprof_profile.wire import (
    Broken,
    Ids,
    Messages,
    OutOfRoom,
    Tree,
    read_messages,
    read_samples,
)
from forensics.readers.source import Source
from forensics.sampling import standard_errors

FORMAT = "pprof"
_REMEDY = "fetch the profile again"
_LARGEST_SUM = float(1 << 62)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

AS_OF_COLLECTION = "live bytes of a Go program are as of its last garbage collection"
SAMPLED = "values are estimates from samples about every {rate} bytes"


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """Everything read from the file that its profiles are built from."""

    frames: pd.DataFrame
    tree: Tree
    labels: Labels
    moments: Mapping[str, Columns]
    origin: Origin
    #: Mean bytes between samples of a memory profile, None where it is exact or no memory profile.
    rate: int | None


def load_profile(source: Source) -> Capture:
    """The capture in this file. Raises BadDump, TooLarge."""
    content, fault = source.memory_content()
    try:
        return _capture(source, content, fault)
    except Broken as error:
        raise BadDump(source.path, f"holds {error}", _REMEDY) from error
    except OutOfRoom as error:
        raise TooLarge(source.path, f"holds {error}", "this is no profile of a real program") from error


def _capture(source: Source, content: bytes, fault: BadDump | None) -> Capture:
    buffer = np.frombuffer(content, np.uint8)
    messages = read_messages(buffer)
    texts = Texts(content, messages)
    types = _types(source, messages, texts)
    locations = read_locations(messages, texts)
    tree = read_samples(
        buffer,
        messages,
        location_ids=Ids(messages.locations[:, 1], "location"),
        prune=locations.prune,
        frame_first=locations.frame_first,
        frame_ids=locations.frame_ids,
    )
    labels = read_label_sets(buffer, tree.labels, messages.labels, texts)
    default = texts[int(messages.scalars[kernel.DEFAULT_TYPE])]
    moments = moments_of(types, default)
    health = _health(messages, fault)
    period = _period(messages, texts)
    rate = _rate(period, moments)
    origin = _origin(source, messages, locations, health, rate=rate, labels=labels, moments=moments)
    tree, frames = _with_no_stack(tree, locations.frames)
    opened = _Opened(
        frames=frames, tree=tree, labels=labels, moments=moments, origin=origin, rate=rate
    )  # fmt: skip
    capture = Capture(
        origin=origin,
        health=health,
        summaries={},
        profiles={},
        no_events_because="a pprof profile holds sums by stack, not the order of events",
        extras=_extras(messages, texts, types, default, period, labels),
    )
    return _with_moments(capture, opened)


def _types(source: Source, messages: Messages, texts: Texts) -> list[SampleType]:
    types = [SampleType(texts[kind], texts[unit]) for _, kind, unit in messages.types.tolist()]
    if any(LOST in kind for kind in types):
        raise BadDump(source.path, "ends before the names of what it measures", _REMEDY)
    if not types:
        raise BadDump(source.path, "holds no sample types", _REMEDY)
    return types


def _with_no_stack(tree: Tree, frames: pd.DataFrame) -> tuple[Tree, pd.DataFrame]:
    """The tree with a callsite of its own for samples without a stack, where there are any."""
    bare = tree.leaves < 0
    if not bare.any():
        return tree, frames
    callsite = len(tree.parents)
    return replace(
        tree,
        parents=np.append(tree.parents, np.int32(NO_PARENT)),
        frames=np.append(tree.frames, np.int32(len(frames))),
        depths=np.append(tree.depths, np.int32(0)),
        leaves=np.where(bare, callsite, tree.leaves),
    ), pd.concat([frames, frame_table([NO_STACK_FRAME])], ignore_index=True)


def _with_moments(capture: Capture, opened: _Opened) -> Capture:
    """The capture with its moments, or as a saved difference without any."""
    base = opened.labels.base
    if base.any() or (opened.tree.measured < 0).any():
        return _as_difference(capture, opened, base)
    rows = np.ones(len(opened.tree.leaves), bool)
    return replace(
        capture,
        summaries={
            moment: Summary(_sum(opened, columns, "bytes"), _sum(opened, columns, "blocks"))
            for moment, columns in opened.moments.items()
        },
        profiles={moment: partial(_profile, opened, moment, rows) for moment in opened.moments},
    )


def _as_difference(capture: Capture, opened: _Opened, base: np.ndarray) -> Capture:
    labelled = bool(base.any())
    line = (
        f"{capture.origin.path}: is a difference that pprof saved, not a profile; "
        "its two sides are capture.extras['saved_difference'].base() and .head()"
    )
    difference = SavedDifference(
        labelled=labelled,
        moments=tuple(opened.moments),
        build=partial(_side, opened, base if labelled else None),
    )
    return replace(
        capture,
        profiles={
            moment: partial(_refuse, line) for moment in ("live", "allocated", "peak", "end", RECORDED)
        },
        extras={**capture.extras, "saved_difference": difference},
    )


def _refuse(line: str) -> Profile:
    raise MissingMoment(line)


def _side(opened: _Opened, base: np.ndarray | None, side: str, moment: str) -> Profile:
    """One side of a difference: labelled samples with their sign turned, or the negative values."""
    values = opened.tree.measured
    if base is None:
        values = np.maximum(-values if side == "base" else values, 0)
        rows = np.ones(len(values), bool)
    else:
        rows = base if side == "base" else ~base
        values = np.maximum(-values if side == "base" and (values[base] < 0).any() else values, 0)
    return _profile(replace(opened, tree=replace(opened.tree, measured=values)), moment, rows)


def _sum(opened: _Opened, columns: Columns, name: str) -> int:
    values = _values(opened.tree, columns, name)
    if values.sum(dtype=np.float64) >= _LARGEST_SUM:
        raise Broken("values that add up to more than 2**62")
    return int(values.sum())


def _values(tree: Tree, columns: Columns, name: str) -> np.ndarray:
    """One int64 for each sample; 0 where no sample type gives this column. Raises Broken on overflow."""
    if name not in columns.columns:
        return np.zeros(len(tree.leaves), np.int64)
    position, factor = columns.columns[name]
    values = tree.measured[:, position]
    if factor > 1 and len(values) and np.abs(values.astype(np.float64)).max() >= _LARGEST_SUM / factor:
        raise Broken("values beyond 2**62 bytes")
    return values * factor


def _profile(opened: _Opened, moment: str, rows: np.ndarray) -> Profile:
    """The profile of these samples: a row for each that holds anything at this moment."""
    columns = opened.moments[moment]
    names = list(dict.fromkeys(("bytes", "blocks", *columns.columns)))
    values = {name: _values(opened.tree, columns, name) for name in names}
    held = rows & np.logical_or.reduce([column != 0 for column in values.values()])
    chosen = {name: column[held] for name, column in values.items()}
    if opened.rate is not None and moment != RECORDED:
        chosen |= _errors(chosen, opened.labels.block_bytes[held], opened.rate)
    if opened.labels.sets:
        chosen["label_id"] = opened.labels.set_of_sample[held]
    leaves = opened.tree.leaves[held]
    return profile_from_columns(
        frames=opened.frames,
        parent_id=opened.tree.parents,
        frame_id=opened.tree.frames,
        depth=opened.tree.depths,
        callsite_id=leaves,
        thread=opened.labels.threads(held),
        allocator=pd.Categorical.from_codes(np.zeros(len(leaves), np.int8), categories=pd.Index([""])),
        values=chosen,
        measures=columns.measures,
        origin=replace(opened.origin, moment=moment),
    )


def _errors(values: Mapping[str, np.ndarray], block_bytes: np.ndarray, rate: int) -> dict[str, np.ndarray]:
    """Standard errors; a block's size is the label ``bytes`` where there is one, else the row's mean."""
    mean = values["bytes"] / np.maximum(values["blocks"], 1)
    sizes = np.where(block_bytes > 0, block_bytes, mean)
    blocks_error, bytes_error = standard_errors(values["blocks"], sizes, rate)
    return {"bytes_error": bytes_error, "blocks_error": blocks_error}


def _health(messages: Messages, fault: BadDump | None) -> Health:
    if messages.whole and fault is None:
        return Health()
    why = fault.fault if fault else "the profile ends early"
    return Health(
        state="damaged" if fault else "cut",
        detail=f"{why}: {len(messages.samples)} samples and {len(messages.texts)} names are whole",
        offset=messages.read_bytes,
    )


def _period(messages: Messages, texts: Texts) -> tuple[SampleType, int]:
    scalars = messages.scalars
    kind, unit = texts[int(scalars[kernel.PERIOD_TYPE])], texts[int(scalars[kernel.PERIOD_UNIT])]
    return SampleType(kind, unit), int(scalars[kernel.PERIOD])


def _rate(period: tuple[SampleType, int], moments: Mapping[str, Columns]) -> int | None:
    """The sampling rate in bytes, None where the period is none or of something else."""
    kind, length = period
    if length <= 1 or kind.unit.lower() not in BYTE_UNITS or set(moments) == {RECORDED}:
        return None
    return length * BYTE_UNITS[kind.unit.lower()]


def _origin(
    source: Source,
    messages: Messages,
    locations: Locations,
    health: Health,
    *,
    rate: int | None,
    labels: Labels,
    moments: Mapping[str, Columns],
) -> Origin:
    counted = counts(moments)
    language = "go" if counted else _language(locations.frames)
    notes = [locations.note, labels.note]
    if rate is not None:
        notes.append(SAMPLED.format(rate=rate))
    if language == "go" and "live" in moments and not counted:
        notes.append(AS_OF_COLLECTION)
    started = _time(int(messages.scalars[kernel.TIME]))
    return Origin(
        path=str(source.path),
        sha256=source.sha256,
        format=FORMAT,
        producer="Go runtime/pprof" if language == "go" else "pprof protobuf",
        language=language,
        started=started,
        ended=_later(started, int(messages.scalars[kernel.DURATION])),
        sampling_rate=rate,
        complete=health.complete,
        missing=health.detail,
        notes=tuple(filter(None, notes)),
    )


def _language(frames: pd.DataFrame) -> str:
    """The language of most frames with a known one, '' where none is."""
    known = frames["language"][frames["language"] != "unknown"]
    return str(known.mode().iloc[0]) if len(known) else ""


def _time(nanoseconds: int) -> datetime | None:
    """UTC; None for 0 and for times outside the calendar."""
    try:
        return _EPOCH + timedelta(microseconds=nanoseconds // 1000) if nanoseconds > 0 else None
    except OverflowError:
        return None


def _later(started: datetime | None, nanoseconds: int) -> datetime | None:
    try:
        return started + timedelta(microseconds=max(nanoseconds, 0) // 1000) if started else None
    except OverflowError:
        return None


def _extras(
    messages: Messages,
    texts: Texts,
    types: list[SampleType],
    default: str,
    period: tuple[SampleType, int],
    labels: Labels,
) -> dict[str, Any]:
    """What profile.proto holds beside samples, as plain JSON."""
    kind, length = period
    scalars = messages.scalars
    return {
        "sample_types": [list(kind) for kind in types],
        "default_sample_type": types[default_position(types, default)].name,
        "period": {"type": kind.name, "unit": kind.unit, "length": length},
        "comments": [texts[row] for row in _comments(messages)],
        "drop_frames": texts[int(scalars[kernel.DROP_FRAMES])],
        "keep_frames": texts[int(scalars[kernel.KEEP_FRAMES])],
        "doc_url": texts[int(scalars[kernel.DOC_URL])],
        "mappings": [
            {"file": texts[file], "build_id": texts[build], "start": start, "limit": limit, "offset": offset}
            for _, _, start, limit, offset, file, build in messages.mappings.tolist()
        ],
        "labels": labels.sets,
    }


def _comments(messages: Messages) -> list[int]:
    """Rows of the comments' texts; the column is as long as a packed field could be, so zeros are cut."""
    rows = messages.comments.tolist()
    while rows and rows[-1] == 0:
        rows.pop()
    return rows
