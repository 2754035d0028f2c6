"""From the columns of a snapshot to a capture and its profile."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forensics.builder import (
    LANGUAGES,
    NO_STACK_FRAME,
    frame_table,
    module_of,
    profile_from_columns,
)
from forensics.capture import Capture, Health, Summary
from forensics.errors import BadDump, TooLarge
from forensics.profile import NO_PARENT, Origin, Profile
from forensics.readers.source import Source
from forensics.readers.tracemalloc_snapshot import FORMAT, UNKNOWN_FUNCTION
from forensics.readers.tracemalloc_snapshot import pickle_machine as machine
from forensics.readers.tracemalloc_snapshot.tables import (
    OutOfRoom,
    Refused,
    Traces,
    merged,
    read_traces,
)

_REMEDY = "do not unpickle it unless you trust who made it"
_LIMIT_NOTE = (
    "tracemalloc kept at most {limit} frames of a stack: {cut} of {count} traces lack their outermost callers"
)
_BLIND_NOTE = "tracemalloc sees only what Python's allocators hand out: compare with the resident set"


def load_snapshot(source: Source) -> Capture:
    """The snapshot, what is whole of it when cut. Raises BadDump where it is anything but data, TooLarge."""
    pieces = source.memory_pieces()
    try:
        traces = read_traces(pieces, likely_bytes=source.size * (4 if source.compression else 1))
    except Refused as error:
        raise BadDump(source.path, f"holds {error}", _REMEDY) from error
    except OutOfRoom as error:
        raise TooLarge(source.path, f"needs {error}", "this is no snapshot of a real process") from error
    if not traces.count and not traces.whole:
        raise BadDump(source.path, "ends before its first trace", "take the snapshot again")
    health = _health(traces, pieces.fault)
    origin = _origin(source, traces, health)
    tables = _Tables(traces, origin)
    return Capture(
        origin=origin,
        health=health,
        summaries={"live": Summary(int(traces.size.sum()), traces.count)},
        profiles={"live": tables.profile},
        no_events_because="a tracemalloc snapshot holds what was alive at one moment, not its history",
        extras={
            "traceback_limit": traces.traceback_limit,
            "cut_traces": traces.cut,
            "traces": traces.count,
            "domains": sorted(int(domain) for domain in np.unique(traces.domain)),
        },
    )


def _health(traces: Traces, fault: BadDump | None) -> Health:
    if traces.whole and fault is None:
        return Health()
    why = fault.fault if fault else "the pickle ends early"
    return Health(
        state="damaged" if fault else "cut",
        detail=f"{why}: the first {traces.count} traces are whole",
        offset=traces.read_bytes,
    )


def _origin(source: Source, traces: Traces, health: Health) -> Origin:
    limit = traces.traceback_limit if traces.traceback_limit is not None else "some"
    notes = [_LIMIT_NOTE.format(limit=limit, cut=traces.cut, count=traces.count)] if traces.cut else []
    return Origin(
        path=str(source.path),
        sha256=source.sha256,
        format=FORMAT,
        producer=f"tracemalloc (pickle protocol {source.head[1]})",
        moment="live",
        language="python",
        complete=health.complete,
        missing=health.detail,
        notes=(*notes, _BLIND_NOTE),
    )


class _Tables:
    """The columns of one snapshot and the profile that is made of them when asked for."""

    def __init__(self, traces: Traces, origin: Origin) -> None:
        self._tree = _one_file_one_text(traces)
        self._rows = traces.callsite, traces.domain, traces.size, traces.blocks
        self._origin = origin

    def profile(self) -> Profile:
        parent, frame, depth, moved, files = self._tree
        frame_id, unique = pd.factorize(frame)
        frames = _frames(unique, files)
        leaf, domain, size, blocks = self._rows
        bare = leaf < 0
        if moved is not None:
            leaf = np.where(bare, -1, moved[leaf])
        if bare.any():
            leaf = np.where(bare, len(parent), leaf)
            parent, depth = np.append(parent, NO_PARENT), np.append(depth, 0)
            frame_id = np.append(frame_id, len(frames))
            frames = pd.concat([frames, frame_table([NO_STACK_FRAME])], ignore_index=True)
        domains, names = pd.factorize(domain)
        return profile_from_columns(
            frames=frames,
            parent_id=parent,
            frame_id=frame_id,
            depth=depth,
            callsite_id=leaf,
            thread=pd.Categorical.from_codes(np.zeros(len(leaf), np.int8), categories=pd.Index([""])),
            allocator=pd.Categorical.from_codes(
                domains, categories=pd.Index([f"domain {name}" for name in names])
            ),
            values={"bytes": size, "blocks": blocks},
            origin=self._origin,
        )


def _one_file_one_text(
    traces: Traces,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None, list[str]]:
    """(parent, frame, depth, new callsite of each old one, files); equal names of files are one text.

    The traces themselves are not held on to. No new callsites where all stay what they were.
    """
    text = traces.frame >> machine.LINE_BITS
    used = np.zeros(len(traces.text_start), bool)
    used[text] = True
    files: dict[str, int] = {}
    text_of = np.zeros(len(used), np.int64)
    for row in np.flatnonzero(used).tolist():
        start, length = int(traces.text_start[row]), int(traces.text_length[row])
        name = traces.texts[start : start + length].tobytes().decode("utf-8", "backslashreplace")
        text_of[row] = files.setdefault(name, len(files))
    same = text_of[text] << machine.LINE_BITS | traces.frame & machine.LINE_MASK
    if len(files) < int(used.sum()):
        return *merged(traces, same), list(files)
    return traces.parent, same, traces.depth, None, list(files)


def _frames(unique: np.ndarray, files: list[str]) -> pd.DataFrame:
    """The frame table of these ``file << 30 | line``."""
    rows = unique >> machine.LINE_BITS
    names = pd.array(files, dtype="str")
    modules = pd.array([module_of(file) for file in files], dtype="str")
    return pd.DataFrame(
        {
            "function": pd.array([UNKNOWN_FUNCTION] * len(unique), dtype="str"),
            "file": names.take(rows),
            "line": (unique & machine.LINE_MASK).astype(np.int32),
            "module": modules.take(rows),
            "language": pd.Categorical.from_codes(
                np.full(len(unique), LANGUAGES.index("python"), np.int8), categories=pd.Index(LANGUAGES)
            ),
        }
    )
