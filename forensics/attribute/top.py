"""The heaviest names of a profile: functions, files, modules, owners or lines."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from forensics.attribute.assign import assign
from forensics.attribute.ledger import owner_texts
from forensics.attribute.places import places
from forensics.attribute.sweep import NONE
from forensics.profile import Profile, preorder, sum_subtrees

By = Literal["function", "file", "module", "owner", "line"]
BY: tuple[By, ...] = ("function", "file", "module", "owner", "line")


def top(profile: Profile, by: By = "function") -> pd.DataFrame:
    """One row per name: name str · own · total · own_bytes · total_bytes · own_blocks · total_blocks, int64.

    Own is without, total with what it calls; a name that calls itself counts once. ``own`` and
    ``total`` are of the profile's primary measure. Sorted by total, then own, then name. For
    ``owner``, own is what has this owner, total also what calls back into other own code. Names of
    unknown modules and files are ``(unknown)``.
    """
    codes, distinct = _coded_names(profile, by)
    first = ~_repeats(profile.callsites, codes)
    table: dict[str, object] = {"name": [str(name) or "(unknown)" for name in distinct]}
    owned = _owned(profile, codes) if by == "owner" else codes
    for suffix, measure in (("", profile.primary_measure), ("_bytes", "bytes"), ("_blocks", "blocks")):
        own = profile.own(measure)
        table[f"own{suffix}"] = _sums(owned, own, len(distinct))
        table[f"total{suffix}"] = _sums(
            codes[first], sum_subtrees(own, profile.callsites)[first], len(distinct)
        )
    rows = pd.DataFrame(table)
    rows = rows[np.bincount(codes, minlength=len(rows)) > 0]
    if by == "owner":
        rows = rows[(rows["name"] != "(unknown)") | (rows["own"] > 0)]
    return rows.sort_values(["total", "own", "name"], ascending=[False, False, True], ignore_index=True)


def _coded_names(profile: Profile, by: By) -> tuple[np.ndarray, np.ndarray]:
    """(number of its name per callsite, names); some of the names may be of no callsite."""
    frame_of = profile.callsites["frame_id"].to_numpy()
    if by == "owner":
        own = assign(profile).places.own[frame_of]
        texts = owner_texts(profile, np.where(own, np.arange(len(frame_of)), NONE))
        return pd.factorize(texts, use_na_sentinel=False)
    codes, distinct = pd.factorize(_names(profile, by), use_na_sentinel=False)
    return codes[frame_of], distinct


def _names(profile: Profile, by: By) -> np.ndarray:
    """Object str per frame."""
    frames = profile.frames
    if by == "module":
        return places(profile, repo_root=profile.origin.repo_root).module
    if by == "line":
        line = frames["file"].astype(object) + ":" + frames["line"].astype(str).astype(object)
        return line.to_numpy()
    return frames[by].to_numpy(dtype=object)


def _owned(profile: Profile, codes: np.ndarray) -> np.ndarray:
    """The code of each callsite's owner: its own, or that of the nearest own frame further out."""
    owner = assign(profile).owner
    unknown = codes[np.flatnonzero(owner == NONE)[0]] if (owner == NONE).any() else 0
    return np.where(owner != NONE, codes[owner], unknown)


def _sums(codes: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, codes, values)
    return sums


def _repeats(callsites: pd.DataFrame, codes: np.ndarray) -> np.ndarray:
    """A bool per callsite: its name is on its path further out already.

    In preorder a callsite lies within an earlier one of its name where that one's subtree reaches so far.
    """
    position, sizes = preorder(callsites)
    room = len(codes) + 1
    start = codes.astype(np.int64) * room + position
    order = np.argsort(start)
    reach = np.maximum.accumulate((start + sizes)[order])
    repeats = np.zeros(len(codes), dtype=bool)
    repeats[order[1:]] = reach[:-1] > start[order[1:]]
    return repeats
