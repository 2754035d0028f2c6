"""The central table: the memory held at one moment of one run, by call path."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

import numpy as np
import pandas as pd

from forensics.errors import BadProfile
from forensics.sums import add_rows, add_to_parents

Moment = Literal["peak", "end", "live", "allocated"]
MOMENTS: tuple[Moment, ...] = ("peak", "end", "live", "allocated")
NO_STACK = "(no stack)"
NO_PARENT = -1

FRAME_COLUMNS = ("function", "file", "line", "module", "language")
CALLSITE_COLUMNS = ("parent_id", "frame_id", "depth")
ALLOCATION_COLUMNS = ("callsite_id", "thread", "allocator", "bytes", "blocks")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a profile comes from, as far as the dump and its side-car say; '' or None is unknown."""

    path: str = ""
    sha256: str = ""
    format: str = ""
    producer: str = ""
    moment: str = ""
    command: str = ""
    pid: int | None = None
    language: str = ""
    commit: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    #: Mean bytes between two samples; None where every allocation was seen.
    sampling_rate: int | None = None
    complete: bool = True
    #: What is missing, in words, when not complete.
    missing: str = ""
    #: Things a reader of any number from this dump has to know (relative peaks, merged stacks, …).
    notes: tuple[str, ...] = ()
    #: Repository root of the recorded program, for deciding which frames are the user's own.
    repo_root: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """Memory by call path at one moment: three tables whose ids are row numbers, and an origin.

    ``frames``: function str, file str, line int32 (1-based, 0 unknown), module str (dotted, ''
    unknown), language category. ``callsites``: parent_id int32 (-1 outermost), frame_id int32,
    depth int32 (0 outermost). ``allocations``: callsite_id int32, thread category, allocator
    category, bytes int64, blocks int64, and further measures named in ``measures``; when sampled,
    ``bytes_error`` and ``blocks_error`` float64 hold one standard error.

    Always true: ``parent_id < callsite_id``; ``(parent_id, frame_id)`` unique; every id points at
    a row; no negative value. Raises BadProfile on construction where one of these fails.
    """

    frames: pd.DataFrame
    callsites: pd.DataFrame
    allocations: pd.DataFrame
    origin: Origin = field(default_factory=Origin)
    #: Every measure column with its unit, the one to show first first.
    measures: Mapping[str, str] = field(default_factory=lambda: {"bytes": "bytes", "blocks": "blocks"})

    def __post_init__(self) -> None:
        check_profile(self)

    @property
    def total_bytes(self) -> int:
        return int(self.allocations["bytes"].sum())

    @property
    def total_blocks(self) -> int:
        return int(self.allocations["blocks"].sum())

    @property
    def primary_measure(self) -> str:
        """The measure to show where nothing else is asked for."""
        return next(iter(self.measures))

    def with_origin(self, **changes: object) -> Profile:
        """The same tables under a changed origin."""
        return replace(self, origin=replace(self.origin, **changes))  # type: ignore[arg-type]

    def own(self, measure: str = "bytes") -> np.ndarray:
        """One value per callsite, without what it calls; int64 (float64 for error columns)."""
        return own(self, measure)

    def total(self, measure: str = "bytes") -> np.ndarray:
        """One value per callsite, with what it calls."""
        return total(self, measure)

    def stack(self, callsite_id: int) -> pd.DataFrame:
        """The frames of one call path, outermost first."""
        return self.frames.iloc[self.callsites["frame_id"].to_numpy()[path_of(self, callsite_id)]]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from forensics.views.mimebundle import profile_bundle

        return profile_bundle(self)

    def __repr__(self) -> str:
        share = "" if self.origin.complete else f", partial: {self.origin.missing or 'unknown part missing'}"
        return (
            f"<Profile {self.origin.moment or '?'} of {self.origin.path or 'memory'}: "
            f"{self.total_bytes} bytes in {self.total_blocks} blocks, {len(self.callsites)} callsites{share}>"
        )


def own(profile: Profile, measure: str = "bytes") -> np.ndarray:
    """The measure of each callsite without what it calls, in callsite order."""
    values = profile.allocations[measure].to_numpy()
    sums = np.zeros(len(profile.callsites), dtype=np.float64 if values.dtype.kind == "f" else np.int64)
    add_rows(sums, profile.allocations["callsite_id"].to_numpy(), np.ascontiguousarray(values, sums.dtype))
    return sums


def total(profile: Profile, measure: str = "bytes") -> np.ndarray:
    """The measure of each callsite with what it calls, in callsite order."""
    return sum_subtrees(own(profile, measure), profile.callsites)


def sum_subtrees(values: np.ndarray, callsites: pd.DataFrame) -> np.ndarray:
    """Per callsite, the sum of ``values`` over it and everything below it."""
    sums = np.array(values)
    add_to_parents(sums, np.ascontiguousarray(callsites["parent_id"]))
    return sums


def levels(depths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(rows by depth, where each depth starts among them and ends); rows of one depth keep their order."""
    narrow = depths.astype(np.uint16) if depths.max(initial=0) < 1 << 16 else depths  # sorted by radix
    return np.argsort(narrow, kind="stable"), np.append(0, np.cumsum(np.bincount(depths)))


def preorder(callsites: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """(position in preorder, callsites in its subtree) per callsite, int32: a subtree is a run of positions.

    Siblings stand in the order of their rows.
    """
    parents, depths = callsites["parent_id"].to_numpy(), callsites["depth"].to_numpy()
    sizes = sum_subtrees(np.ones(len(parents), np.int32), callsites)
    position = np.zeros(len(parents), np.int32)
    by_parent = _by_parent(parents)
    order, starts = levels(depths[by_parent])
    order = by_parent[order]
    for level in range(len(starts) - 1):
        rows = order[starts[level] : starts[level + 1]]
        above = parents[rows]
        before = np.cumsum(sizes[rows]) - sizes[rows]
        first = np.r_[True, above[1:] != above[:-1]]
        base = np.repeat(before[first], np.diff(np.r_[np.flatnonzero(first), len(rows)]))
        position[rows] = (0 if level == 0 else position[above] + 1) + before - base
    return position, sizes


def _by_parent(parents: np.ndarray) -> np.ndarray:
    """Rows by parent, those of one parent in order; two passes of 16 bits, which numpy sorts by radix."""
    key = parents + 1
    low = np.argsort(key.astype(np.uint16), kind="stable")
    return low[np.argsort((key >> 16).astype(np.uint16)[low], kind="stable")]


def path_of(profile: Profile, callsite_id: int) -> list[int]:
    """The callsite ids from the outermost down to this one."""
    parents = profile.callsites["parent_id"].to_numpy()
    path = []
    while callsite_id != NO_PARENT:
        path.append(callsite_id)
        callsite_id = int(parents[callsite_id])
    return path[::-1]


def check_profile(profile: Profile) -> None:
    """Raise BadProfile, naming the table and the rule, unless every invariant holds."""
    _check_columns(profile)
    _check_ids(profile)
    _check_tree(profile)
    _check_values(profile)


def _check_columns(profile: Profile) -> None:
    for name, wanted in (
        ("frames", FRAME_COLUMNS),
        ("callsites", CALLSITE_COLUMNS),
        ("allocations", (*ALLOCATION_COLUMNS, *profile.measures)),
    ):
        table: pd.DataFrame = getattr(profile, name)
        absent = [column for column in wanted if column not in table.columns]
        if absent:
            raise BadProfile(f"{name}: no column {absent[0]!r}")
        if not isinstance(table.index, pd.RangeIndex) or (len(table) and table.index[0] != 0):
            raise BadProfile(f"{name}: ids must be row numbers")


def _check_ids(profile: Profile) -> None:
    n_frames, n_callsites = len(profile.frames), len(profile.callsites)
    for table, column, low, high in (
        ("callsites", "frame_id", 0, n_frames),
        ("callsites", "parent_id", NO_PARENT, n_callsites),
        ("allocations", "callsite_id", 0, n_callsites),
    ):
        ids = getattr(profile, table)[column].to_numpy()
        if ids.dtype.kind != "i":
            raise BadProfile(f"{table}.{column}: must be integers, not {ids.dtype}")
        if len(ids) and (ids.min() < low or ids.max() >= high):
            raise BadProfile(f"{table}.{column}: an id points at no row")


#: The tree that was checked last: the moments of one capture share theirs.
_last_tree: list[weakref.ref[pd.DataFrame]] = []


def _check_tree(profile: Profile) -> None:
    if _last_tree and _last_tree[0]() is profile.callsites:
        return
    _check_links(profile)
    _last_tree[:] = [weakref.ref(profile.callsites)]


def _check_links(profile: Profile) -> None:
    parents = profile.callsites["parent_id"].to_numpy()
    depths = profile.callsites["depth"].to_numpy()
    if (parents >= np.arange(len(parents))).any():
        raise BadProfile("callsites.parent_id: a parent must come before its callsite")
    inner = parents != NO_PARENT
    if (depths[~inner] != 0).any() or (depths[inner] != depths[parents[inner]] + 1).any():
        raise BadProfile("callsites.depth: must be one more than the parent's, 0 for the outermost")
    siblings = (
        np.bincount(parents + 1)[parents + 1] > 1
    )  # most callsites are only children: nothing to compare
    frame_ids = profile.callsites["frame_id"].to_numpy()[siblings]
    keys = (parents[siblings].astype(np.int64) + 1) << 32 | frame_ids.astype(np.int64)
    keys.sort()  # np.unique hashes, which takes ten times as long on a million keys
    if (keys[1:] == keys[:-1]).any():
        raise BadProfile("callsites: (parent_id, frame_id) must be unique")


def _check_values(profile: Profile) -> None:
    if len(profile.frames) and profile.frames["line"].min() < 0:
        raise BadProfile("frames.line: a line is 1 or more, 0 if unknown")
    for measure in profile.measures:
        values = profile.allocations[measure].to_numpy()
        if values.dtype.kind not in "if":
            raise BadProfile(f"allocations.{measure}: must be a number, not {values.dtype}")
        if len(values) and not (values >= 0).all():
            raise BadProfile(f"allocations.{measure}: a value is negative or not a number")
