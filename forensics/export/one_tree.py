"""Several profiles of one capture over one tree of callsites, in preorder."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
import pandas as pd

from forensics.profile import FRAME_COLUMNS, NO_PARENT, Profile, levels, preorder


class OneTree(NamedTuple):
    """Frames without duplicates, callsites in preorder, and each profile's callsites as rows of them."""

    frames: pd.DataFrame
    callsites: pd.DataFrame
    rows: tuple[np.ndarray, ...]


def one_tree(profiles: Sequence[Profile]) -> OneTree:
    """The union of the trees of these profiles; equal call paths become one callsite.

    Callsites come in preorder (a subtree is a run of rows), siblings in the order in which they
    are first seen, so the result depends on the content alone and compresses well.
    """
    distinct = _distinct(profiles)
    frames, frame_ids = _one_frame_table(distinct)
    parent_id, frame_id, depth, maps = _merge_levels(distinct, frame_ids)
    position, _ = preorder(pd.DataFrame({"parent_id": parent_id, "depth": depth}, copy=False))
    order = np.empty_like(position)
    order[position] = np.arange(len(position), dtype=np.int32)
    parents = parent_id[order]
    callsites = pd.DataFrame(
        {
            "parent_id": np.where(parents == NO_PARENT, np.int32(NO_PARENT), position[parents]),
            "frame_id": frame_id[order],
            "depth": depth[order],
        }
    )
    by_tree = {id(p.callsites): position[rows] for p, rows in zip(distinct, maps, strict=True)}
    return OneTree(frames, callsites, tuple(by_tree[id(profile.callsites)] for profile in profiles))


def _distinct(profiles: Sequence[Profile]) -> list[Profile]:
    """One profile for each callsite table that these share."""
    return list({id(profile.callsites): profile for profile in profiles}.values())


def _one_frame_table(profiles: Sequence[Profile]) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """All frames once, in order of first sight, and per profile the row of each of its frames."""
    stacked = pd.concat(
        [profile.frames[list(FRAME_COLUMNS)].astype({"language": "str"}) for profile in profiles],
        ignore_index=True,
    )
    group = stacked.groupby(list(FRAME_COLUMNS), sort=False, dropna=False).ngroup().to_numpy()
    frames = stacked.drop_duplicates(ignore_index=True)
    ends = np.cumsum([len(profile.frames) for profile in profiles])[:-1]
    return frames, np.split(group, ends)


def _merge_levels(
    profiles: Sequence[Profile], frame_ids: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray]]:
    """Parents, frames and depths of the union, outermost level first, and per profile its callsites' rows.

    All of them int32.
    """
    maps = [np.full(len(profile.callsites), NO_PARENT, np.int32) for profile in profiles]
    parents, frames, count = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], 0
    by_level = [_rows_by_level(profile) for profile in profiles]
    for rows in zip_longest(*by_level, fillvalue=np.zeros(0, np.int64)):
        keys = [
            _keys(profile, members, merged, ids)
            for profile, members, merged, ids in zip(profiles, rows, maps, frame_ids, strict=True)
        ]
        codes, unique = pd.factorize(np.concatenate(keys))
        ends = np.cumsum([len(members) for members in rows])[:-1]
        for merged, members, code in zip(maps, rows, np.split(codes, ends), strict=True):
            merged[members] = code + count
        parents.append(((unique >> 32) - 1).astype(np.int32))
        frames.append(unique.astype(np.int32))  # the lower half
        count += len(unique)
    depth = np.repeat(np.arange(-1, len(parents) - 1, dtype=np.int32), [len(level) for level in parents])
    return np.concatenate(parents), np.concatenate(frames), depth, maps


def _rows_by_level(profile: Profile) -> list[np.ndarray]:
    order, starts = levels(profile.callsites["depth"].to_numpy())
    return np.split(order, starts[1:-1])


def _keys(profile: Profile, rows: np.ndarray, merged: np.ndarray, frame_ids: np.ndarray) -> np.ndarray:
    """(merged parent, merged frame) of these callsites as one int64."""
    parents = profile.callsites["parent_id"].to_numpy()[rows]
    above = np.where(parents == NO_PARENT, NO_PARENT, merged[parents]).astype(np.int64)
    return (above + 1) << 32 | frame_ids[profile.callsites["frame_id"].to_numpy()[rows]].astype(np.int64)
