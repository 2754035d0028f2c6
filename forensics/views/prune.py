"""A call tree small enough to look at: the biggest callsites, and the rest under honest "other" nodes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forensics.profile import NO_PARENT, Profile, sum_subtrees

#: A box of less than this share of the whole would be thinner than a pixel.
SMALLEST_SHARE = 1 / 1500
#: An icicle of 500 nodes opens at once in a browser, one of 5,000 takes 10 s.
LARGEST_FIGURE = 500
OTHER = -1


def folded_parents(profile: Profile) -> np.ndarray:
    """Per callsite the callsite that shows it: itself, or for import machinery the line that imports.

    ``<frozen importlib…>`` puts some six frames between one module and the next that it imports;
    they are folded into their caller. An outermost callsite always shows itself.
    """
    machinery = profile.frames["file"].str.startswith("<frozen importlib").to_numpy(dtype=bool)
    hidden = machinery[profile.callsites["frame_id"].to_numpy()]
    parents = profile.callsites["parent_id"].to_numpy()
    shown = np.arange(len(parents))
    hidden &= parents != NO_PARENT
    for callsite in np.flatnonzero(hidden):  # ascending: the parent's answer is already final
        shown[callsite] = shown[parents[callsite]]
    return shown


def pruned_tree(
    profile: Profile,
    *,
    limit: int = LARGEST_FIGURE,
    measure: str = "bytes",
    shown: np.ndarray | None = None,
    smallest_share: float = SMALLEST_SHARE,
) -> pd.DataFrame:
    """The tree to draw, at most ``limit`` rows, parents before children and siblings by size.

    Columns: callsite_id (-1 for an "other" row), parent (row, -1 outermost), depth, own, total and
    hidden (callsites that an "other" row stands for). The outermost totals add up to the profile's;
    each row's total is its own plus its children's. ``shown`` as from ``folded_parents``.
    """
    shown = np.arange(len(profile.callsites)) if shown is None else shown
    own = np.zeros(len(shown), np.int64)
    np.add.at(own, shown, profile.own(measure).astype(np.int64))
    parents = _shown_parents(profile, shown)
    total = sum_subtrees(profile.own(measure).astype(np.int64), profile.callsites)
    candidates = np.flatnonzero((shown == np.arange(len(shown))) & (total > 0))
    # A parent weighs at least as much as its child and has the lower id, so a prefix is a tree.
    ranked = candidates[np.lexsort((candidates, -total[candidates]))]
    wide = np.count_nonzero(total[ranked] >= own.sum() * smallest_share)
    kept = min(limit, int(wide))
    while True:
        tree = _with_others(ranked[:kept], ranked[kept:], parents, own, total)
        if len(tree) <= limit or not kept:
            break
        kept = min(kept - 1, kept * limit // len(tree))
    return _in_drawing_order(tree)


def _shown_parents(profile: Profile, shown: np.ndarray) -> np.ndarray:
    parents = profile.callsites["parent_id"].to_numpy().astype(np.int64)
    inner = parents != NO_PARENT
    parents[inner] = shown[parents[inner]]
    return parents


def _with_others(
    kept: np.ndarray, dropped: np.ndarray, parents: np.ndarray, own: np.ndarray, total: np.ndarray
) -> pd.DataFrame:
    """The kept callsites, then one "other" row for each parent that lost children."""
    lost = pd.DataFrame({"parent": parents[dropped], "total": total[dropped], "hidden": 1})
    # A dropped callsite's own children are dropped with it: only those under a kept parent count.
    visible = np.isin(lost["parent"], kept) | (lost["parent"] == NO_PARENT)
    others = lost[visible].groupby("parent", as_index=False).sum()
    return pd.DataFrame(
        {
            "callsite_id": np.append(kept, np.full(len(others), OTHER)),
            "above": np.append(parents[kept], others["parent"].to_numpy(np.int64)),
            "own": np.append(own[kept], np.zeros(len(others), np.int64)),
            "total": np.append(total[kept], others["total"].to_numpy(np.int64)),
            "hidden": np.append(np.zeros(len(kept), np.int64), others["hidden"].to_numpy(np.int64)),
        }
    )


def _in_drawing_order(tree: pd.DataFrame) -> pd.DataFrame:
    """Rows depth first, siblings biggest first and "other" last; ``parent`` becomes a row number."""
    if tree.empty:
        return pd.DataFrame(
            {c: [] for c in ("callsite_id", "parent", "depth", "own", "total", "hidden")}, dtype=int
        )
    ordered = tree.sort_values(
        ["hidden", "total", "callsite_id"], ascending=[True, False, True], kind="stable"
    )
    children: dict[int, list[int]] = {}
    for row, above in zip(ordered.index, ordered["above"], strict=True):
        children.setdefault(int(above), []).append(row)
    order: list[int] = []
    parents: list[int] = []
    depths: list[int] = []
    pending = [(row, -1, 0) for row in reversed(children.get(NO_PARENT, []))]
    callsites = tree["callsite_id"].to_numpy()
    while pending:
        row, parent, depth = pending.pop()
        below = children.get(int(callsites[row]), []) if callsites[row] != OTHER else []
        pending += [(child, len(order), depth + 1) for child in reversed(below)]
        order.append(row)
        parents.append(parent)
        depths.append(depth)
    drawn = tree.loc[order, ["callsite_id", "own", "total", "hidden"]].reset_index(drop=True)
    return drawn.assign(parent=parents, depth=depths)[
        ["callsite_id", "parent", "depth", "own", "total", "hidden"]
    ]
