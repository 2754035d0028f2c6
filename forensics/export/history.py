"""What is kept of a capture's events: how much callsites held after each step of the program's work."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np

from forensics.attribute import attribute_capture
from forensics.attribute.kept import groups, is_work, unpickled
from forensics.attribute.sweep import NONE
from forensics.capture import Capture
from forensics.history import CHANGES, History
from forensics.lifetimes import Lifetimes, lifetimes

#: So many callsites have curves of their own, the largest; the others are counted at them.
MOST_FOLLOWED = 512


def kept_history(capture: Capture, rows: np.ndarray, count: int) -> History | None:
    """What was kept of the events, over a tree of ``count`` callsites; None where nothing is known.

    ``rows`` int per callsite of the capture: its row of that tree. A small callsite is counted at the
    largest of the same owner and cause, so one function's curve is whole.
    """
    if not capture.is_followed or not count:
        return None
    if capture.event_stream is None:
        return _moved(cast("History", capture.history), rows, count)
    ledger = attribute_capture(capture)
    assignment = ledger.assignment
    of = groups(capture, ledger.profile, assignment, follow=False).of
    counted = _counted_at(_largest(capture, len(rows)), rows, of, count)
    followed, code = np.unique(counted, return_inverse=True)
    nobody = int(followed[0] == NONE)
    found = lifetimes(capture, code - nobody, work=is_work(assignment.phase), owned=assignment.owner != NONE)
    at = unpickled(capture, ledger.profile)
    return _history(found, followed[nobody:], count, rows[at] if at is not None else rows[:0])


def _largest(capture: Capture, n_callsites: int) -> np.ndarray:
    """int64 per callsite: the most that it holds at any moment, or made in all."""
    most = np.zeros(n_callsites, np.int64)
    for moment in capture.moments:
        own = capture.profile(moment).own()
        if len(own) == n_callsites:
            most = np.maximum(most, own)
    return most


def _counted_at(size: np.ndarray, rows: np.ndarray, of: np.ndarray, count: int) -> np.ndarray:
    """int64 per callsite: the row at which its events are counted, -1 none."""
    held = np.zeros(count, np.int64)
    np.add.at(held, rows, size)
    large = np.zeros(count, bool)
    large[np.argsort(-held, kind="stable")[:MOST_FOLLOWED]] = True
    order = np.argsort(size, kind="stable")
    order = order[large[rows[order]] & (of[order] >= 0)]
    instead = np.full(int(of.max(initial=-1)) + 2, NONE, np.int64)
    instead[of[order]] = rows[order]  # the largest comes last
    return np.where(large[rows], rows, instead[of])


def _history(found: Lifetimes, followed: np.ndarray, count: int, unpickled_rows: np.ndarray) -> History:
    changes = [np.diff(live, axis=0, prepend=0) for live in (found.live_bytes, found.live_blocks)]
    changes.append(found.added_blocks)
    group, step = np.nonzero(np.any([change != 0 for change in changes], axis=0).T)
    last, by_pickle = np.zeros(count, np.int64), np.zeros(count, bool)
    last[followed] = found.last_bytes
    by_pickle[unpickled_rows] = True
    return History(
        callsite_id=followed[group],
        step=step,
        **dict(zip(("bytes", "blocks", "added"), (change[step, group] for change in changes), strict=True)),
        interval=found.interval,
        last_bytes=last,
        unpickled=by_pickle,
    )


def _moved(history: History, rows: np.ndarray, count: int) -> History:
    """The same over another tree: what was kept of a file that is stored again."""
    order = np.argsort(rows[history.callsite_id], kind="stable")
    last, by_pickle = np.zeros(count, np.int64), np.zeros(count, bool)
    np.add.at(last, rows, history.last_bytes)
    by_pickle[rows[history.unpickled]] = True
    moved = {name: getattr(history, name)[order] for name in CHANGES}
    at = rows[history.callsite_id[order]]
    return replace(history, callsite_id=at, last_bytes=last, unpickled=by_pickle, **moved)
