"""Folding small callsites into their callers, every total kept."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from forensics.builder import profile_from_columns
from forensics.profile import NO_PARENT, Profile, total


def prune(profiles: Mapping[str, Profile], *, min_share: float) -> tuple[dict[str, Profile], np.ndarray]:
    """The profiles without callsites that hold less than this share at every moment; each one's new row.

    What they hold goes to the nearest caller that stays; an outermost callsite always stays. All
    profiles must share one tree (`one_tree`). Totals of each profile, and of each callsite that
    stays, are unchanged; standard errors add up as independent ones.
    """
    first = next(iter(profiles.values()))
    keep = _outermost(first)
    for profile in profiles.values():
        for measure in dict.fromkeys(("bytes", profile.primary_measure)):
            keep |= _large(total(profile, measure), profile.allocations[measure].sum(), min_share)
    kept_above = _nearest(keep, first.callsites["parent_id"].to_numpy())
    new_row = (np.cumsum(keep) - 1)[kept_above]
    return {moment: _fold(profile, keep, new_row) for moment, profile in profiles.items()}, new_row


def _outermost(profile: Profile) -> np.ndarray:
    return (profile.callsites["parent_id"] == NO_PARENT).to_numpy(copy=True)


def _large(totals: np.ndarray, whole: float, min_share: float) -> np.ndarray:
    return totals >= max(min_share * whole, 1)


def _nearest(keep: np.ndarray, parents: np.ndarray) -> np.ndarray:
    """Per callsite, itself if kept, else the nearest kept one above."""
    nearest = np.where(keep, np.arange(len(keep)), parents)
    while not keep[nearest].all():
        nearest = np.where(keep[nearest], nearest, parents[nearest])
    return nearest


def _fold(profile: Profile, keep: np.ndarray, new_row: np.ndarray) -> Profile:
    callsites = profile.callsites[keep]
    parents = callsites["parent_id"].to_numpy()
    used, frame_id = np.unique(callsites["frame_id"].to_numpy(), return_inverse=True)
    allocations = _sum_rows(
        profile.allocations.assign(callsite_id=new_row[profile.allocations["callsite_id"].to_numpy()])
    )
    return profile_from_columns(
        frames=profile.frames.iloc[used].reset_index(drop=True),
        parent_id=np.where(parents == NO_PARENT, NO_PARENT, new_row[parents]),
        frame_id=frame_id,
        depth=callsites["depth"].to_numpy(),
        callsite_id=allocations["callsite_id"].to_numpy(),
        thread=pd.Categorical(allocations["thread"]),
        allocator=pd.Categorical(allocations["allocator"]),
        values={name: allocations[name].to_numpy() for name in allocations.columns[3:]},
        measures=profile.measures,
        origin=profile.origin,
    )


def _sum_rows(allocations: pd.DataFrame) -> pd.DataFrame:
    """Rows of one callsite, thread and allocator as one; labels of single samples are dropped."""
    errors = [name for name in allocations.columns if name.endswith("_error")]
    table = allocations.drop(columns="label_id", errors="ignore")
    squared = table.assign(**{name: table[name] ** 2 for name in errors})
    keys = ["callsite_id", "thread", "allocator"]
    summed = squared.groupby(keys, sort=True, observed=True).sum().reset_index()
    return summed.assign(**{name: np.sqrt(summed[name]) for name in errors})
