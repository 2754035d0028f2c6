"""From what the loop found to the tables of `Profile`: frames, callsites, allocations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forensics.builder import LANGUAGES, callsite_table, module_of, profile_of_tree
from forensics.capture import Summary
from forensics.profile import NO_STACK, Origin, Profile
from forensics.readers.memray_capture.hashing import U
from forensics.readers.memray_capture.header import Header
from forensics.readers.memray_capture.limits import NAME_BYTES, TooMuch
from forensics.readers.memray_capture.linetables import lines_of_frames
from forensics.readers.memray_capture.native import NativeFrames
from forensics.readers.memray_capture.records import CodeObjects
from forensics.readers.memray_capture.tree import fill_depths, mark_used, merge_nodes

ALLOCATORS = (
    "",
    "pymalloc_free",
    "pymalloc_malloc",
    "pymalloc_calloc",
    "pymalloc_realloc",
    "free",
    "malloc",
    "realloc",
    "calloc",
    "posix_memalign",
    "aligned_alloc",
    "memalign",
    "valloc",
    "pvalloc",
    "mmap",
    "munmap",
)
MMAP, ARENA_KIND = 14, 16
UNKNOWN_FUNCTION = "<unknown>"


@dataclass(frozen=True, kw_only=True, eq=False)
class Locations:
    """Distinct (function, file, line) as columns."""

    function: list[str]
    file: list[str]
    line: np.ndarray


@dataclass(frozen=True, kw_only=True, eq=False)
class Callsites:
    """The finished tree, the frames in it and where each row of the loop belongs."""

    frames: pd.DataFrame
    table: pd.DataFrame
    #: Callsite of each row of the loop.
    of_row: np.ndarray


@dataclass(frozen=True, kw_only=True, eq=False)
class Columns:
    """One moment by row of the loop: int64 bytes and blocks, and any further measures."""

    bytes: np.ndarray
    blocks: np.ndarray
    more: Mapping[str, np.ndarray]


def locate(
    header: Header, codes: CodeObjects, code: np.ndarray, place: np.ndarray
) -> tuple[np.ndarray, Locations]:
    """The location id of each raw frame, and the locations.

    ``code`` uint64 code object id; ``place`` int64, twice the instruction offset plus the entry flag.
    """
    identities = np.fromiter(codes.names, np.uint64, len(codes.names))
    order = np.argsort(identities, kind="stable")
    position = np.searchsorted(identities[order], code)
    inside = np.minimum(position, max(len(identities) - 1, 0))
    known = (identities[order][inside] == code) if len(identities) else np.zeros(len(code), bool)
    index = np.where(known, order[inside] if len(order) else 0, -1).astype(np.int64)
    names = list(codes.names.values())
    lines = _lines(header, codes, index, place)
    name_id, distinct = pd.factorize(pd.Index([*names, (UNKNOWN_FUNCTION, "")], tupleize_cols=False))
    key = (name_id[index].astype(np.int64) << 32) | lines.astype(np.int64)
    location, keys = pd.factorize(key)
    chosen = [distinct[name] for name in (keys >> 32).tolist()]
    return location.astype(np.int64), Locations(
        function=[function for function, _ in chosen],
        file=[file for _, file in chosen],
        line=(keys & 0xFFFFFFFF).astype(np.int32),
    )


def _lines(header: Header, codes: CodeObjects, index: np.ndarray, place: np.ndarray) -> np.ndarray:
    firsts = np.array([first for first, _ in codes.lines.values()] or [0], np.int64)
    if header.version == 11:
        return np.where(index >= 0, np.maximum(firsts[index], 0), 0).astype(np.int32)
    sizes = np.array([len(table) for _, table in codes.lines.values()] or [0], np.int64)
    ends = np.cumsum(sizes)
    blob = np.frombuffer(b"".join(table for _, table in codes.lines.values()) or b"\0", np.uint8)
    lines = np.empty(len(place), np.int32)
    lines_of_frames(header.python_hexversion, place >> 1, index, ends - sizes, ends, firsts, blob, lines)
    return lines


def frame_columns(
    locations: Locations, natives: NativeFrames | None = None, module_roots: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Python locations, then native ones, as the frames table; a module is found once per distinct file.

    Raises TooMuch where the names would take more than `NAME_BYTES`.
    """
    function, file, line = list(locations.function), list(locations.file), locations.line
    language = np.zeros(len(function), np.int8)
    if natives is not None:
        function, file, line = function + natives.function, file + natives.file, np.append(line, natives.line)
        language = np.append(language, np.ones(len(natives.function), np.int8))
    if sum(map(len, function)) + sum(map(len, file)) > NAME_BYTES:
        raise TooMuch(f"holds more than {NAME_BYTES} bytes of names")
    module = {name: module_of(name, module_roots) for name in dict.fromkeys(locations.file)}
    return pd.DataFrame(
        {
            "function": pd.array(function, dtype="str"),
            "file": pd.array(file, dtype="str"),
            "line": line.astype(np.int32),
            "module": pd.array([module.get(name, "") for name in file], dtype="str"),
            "language": pd.Categorical.from_codes(language, categories=pd.Index(LANGUAGES)),
        }
    )


def build_callsites(
    *,
    parents: np.ndarray,
    location_of_node: np.ndarray,
    locations: Locations,
    node_of_row: np.ndarray,
    stripped_rows: np.ndarray,
    skipped_frames: int,
    module_roots: tuple[str, ...] = (),
) -> Callsites:
    """The tree of callsites with equal locations merged.

    ``stripped_rows``: rows whose ``skipped_frames`` outermost frames belong to the recorder.
    Rows without a stack hang on a frame ``(no stack)``.
    """
    parents = parents.astype(np.int64)
    stripped_nodes, stripped_parents, stripped_of = _part(parents, node_of_row[stripped_rows], skipped_frames)
    full_nodes, full_parents, full_of = _part(parents, node_of_row[~stripped_rows], 0)
    full_parents = np.where(full_parents >= 0, full_parents + len(stripped_nodes), -1)
    nodes = np.concatenate([stripped_nodes, full_nodes])
    every = np.concatenate([stripped_parents, full_parents])
    slots = np.full(1 << max(int(len(nodes) * 2).bit_length(), 4), -1, np.int32)
    merged = np.empty(len(nodes), np.int64)
    parent_id, frame_id = np.empty(len(nodes), np.int32), np.empty(len(nodes), np.int32)
    shift = U(65 - len(slots).bit_length())
    made = merge_nodes(every, location_of_node[nodes], slots, shift, merged, parent_id, frame_id)
    parent_id, frame_id = parent_id[:made], frame_id[:made]
    of_row = np.full(len(node_of_row), -1, np.int64)
    of_row[stripped_rows] = np.where(stripped_of >= 0, stripped_of, -1)
    of_row[~stripped_rows] = np.where(full_of >= 0, full_of + len(stripped_nodes), -1)
    of_row = np.where(of_row >= 0, merged[of_row] if len(merged) else -1, -1)
    return finish_callsites(frame_columns(locations, None, module_roots), parent_id, frame_id, of_row)


def finish_callsites(
    frames: pd.DataFrame, parent_id: np.ndarray, frame_id: np.ndarray, of_row: np.ndarray
) -> Callsites:
    """The tree with its depths; rows of -1 hang on ``(no stack)``."""
    depth = depths(parent_id)
    if (of_row < 0).any():
        of_row = np.where(of_row < 0, len(parent_id), of_row)
        parent_id, frame_id = np.append(parent_id, -1), np.append(frame_id, len(frames))
        depth = np.append(depth, 0)
        frames = pd.concat([frames, _no_stack()], ignore_index=True)
        frames["language"] = pd.Categorical(frames["language"], categories=LANGUAGES)
    return Callsites(
        frames=frames,
        table=callsite_table(parent_id, frame_id, depth),
        of_row=of_row.astype(np.int32),
    )


def _part(
    parents: np.ndarray, nodes_of_rows: np.ndarray, skip: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The nodes that these rows need, without the ``skip`` outermost of each path.

    Returns (node numbers, parents as positions in that list, position of each row or -1).
    """
    used = np.zeros(len(parents), np.bool_)
    mark_used(parents, nodes_of_rows, used)
    if skip:
        used &= depths(parents) >= skip
    nodes = np.flatnonzero(used)
    position = np.full(len(parents) + 1, -1, np.int64)
    position[nodes] = np.arange(len(nodes))
    return nodes, position[parents[nodes]], position[nodes_of_rows]


def depths(parents: np.ndarray) -> np.ndarray:
    """int32 depth of each node, 0 outermost."""
    found = np.empty(len(parents), np.int32)
    fill_depths(parents, found)
    return found


def _no_stack() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "function": pd.array([NO_STACK], dtype="str"),
            "file": pd.array([""], dtype="str"),
            "line": np.zeros(1, np.int32),
            "module": pd.array([""], dtype="str"),
            "language": pd.Categorical(["unknown"], categories=LANGUAGES),
        }
    )


def build_profile(
    callsites: Callsites,
    columns: Columns,
    *,
    label: np.ndarray,
    kind: np.ndarray,
    thread_names: list[str],
    origin: Origin,
) -> Profile:
    """One moment's profile: a row per (callsite, thread, allocator) that holds anything."""
    held = np.flatnonzero((columns.bytes != 0) | (columns.blocks != 0))
    allocator = np.where(kind == ARENA_KIND, MMAP, kind).astype(np.int64)
    key = (callsites.of_row[held].astype(np.int64) * len(thread_names) + label[held]) * 16 + allocator[held]
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(key) else np.zeros(0, np.int64)
    rows = held[order]
    measured = {
        "bytes": columns.bytes,
        "blocks": columns.blocks,
        "arena_bytes": np.where(kind == ARENA_KIND, columns.bytes, 0),
        **columns.more,
    }
    values = {
        name: np.add.reduceat(column[rows].astype(np.int64), starts) if len(rows) else np.zeros(0, np.int64)
        for name, column in measured.items()
    }
    first = rows[starts]
    return profile_of_tree(
        frames=callsites.frames,
        callsites=callsites.table,
        callsite_id=callsites.of_row[first],
        thread=pd.Categorical.from_codes(label[first], categories=pd.Index(thread_names, dtype="str")),
        allocator=pd.Categorical.from_codes(allocator[first], categories=pd.Index(ALLOCATORS, dtype="str")),
        values=values,
        measures={name: "blocks" if name.endswith("blocks") else "bytes" for name in values},
        origin=origin,
    )


def summary_of(columns: Columns) -> Summary:
    return Summary(int(columns.bytes.sum()), int(columns.blocks.sum()))


def origin_at(origin: Origin, moment: str) -> Origin:
    return replace(origin, moment=moment)
