"""Threads that each hold a piece of their own: counted, since every piece looks small."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.diagnose.outside import known_counts
from forensics.diagnose.rise import in_pieces
from forensics.text import format_bytes

#: So many threads that hold the same thing at once are a fan-out.
MANY = 16
#: So few are one where each has loaded much for itself.
FEW = 4
MUCH = 1 << 20
#: Pieces of one call path that a thread holds of its own: a buffer, or the old beside the new one.
FEW_PIECES = 2
#: Threads with many pieces hold a set each where so many of them hold as many bytes, to within this.
ALIKE = 0.9
WITHIN = 0.1
#: Threads that hold something at once are there at once: the side-car counts at least this share of them.
COUNTED = 0.7


def find(case: Case) -> list[Finding]:
    """Findings about functions whose memory is held by many threads at once, one per owner function."""
    rows = case.profile.allocations
    sites = rows["callsite_id"].to_numpy()
    keys = case.owner_keys[sites]
    held = (rows["bytes"].to_numpy() > 0) & (keys > 0)
    table = pd.DataFrame({"key": keys[held], "thread": rows["thread"].cat.codes.to_numpy()[held]})
    counts = table.drop_duplicates().groupby("key").size()
    sizes = np.bincount(case.owner_keys, weights=case.bytes)
    found = [
        _finding(case, int(key), int(count))
        for key, count in counts[counts >= FEW].items()
        if case.is_material(int(sizes[int(key)]), share=0.1)
    ]
    return [finding for finding in found if finding is not None]


def _finding(case: Case, key: int, count: int) -> Finding | None:
    mask = case.owner_keys == key
    size = int(case.bytes[mask].sum())
    if not set_a_thread(case, mask) or _ended(case, count):
        return None
    cause = "pool/thread" if _in_pool(case, mask) else "concurrency"
    if count < MANY:
        loaded_each = size >= MUCH * count and _is_content(case, mask) and _alike(case, mask)
        if not loaded_each or _adds_up(case, mask):
            return None
        cause = "data"
    return build(
        case,
        mask,
        kind="fan-out",
        cause=cause,
        title=f"{count} threads at once each hold what {called(case.owner(mask))} made: "
        f"{format_bytes(size)}, "
        f"{format_bytes(size / count)} each",
        # Many pieces a thread might as well be results that are kept elsewhere.
        base=0.8 if _has_few_pieces(case, mask) else 0.6,
        advice="Share one bounded pool between requests; what is per thread is paid once per thread that "
        "lives.",
        measure="the number of threads over time: record with a side-car",
        figures={"threads": count},
    )


def set_a_thread(case: Case, mask: np.ndarray) -> bool:
    """Whether each thread holds a set of its own: one or two pieces, or as much as the others.

    Results that workers leave in one store of the program are spread over them unevenly.
    """
    return _alike(case, mask) or _has_few_pieces(case, mask)


def _alike(case: Case, mask: np.ndarray) -> bool:
    held = case.heaviest_by_thread(mask)["bytes"]
    return bool((np.abs(held - held.median()) <= WITHIN * held.median()).mean() >= ALIKE)


def _is_content(case: Case, mask: np.ndarray) -> bool:
    """Whether most of it is data, documents or objects of the application's own: no clients and no tasks."""
    assignment = case.ledger.assignment
    content = np.logical_or.reduce([assignment.has_cause(cause) for cause in ("data", "payload", "cache")])
    return bool(case.bytes[mask & content].sum() > 0.5 * case.bytes[mask].sum())


def _adds_up(case: Case, mask: np.ndarray) -> bool:
    """Whether it came little by little over the run, as results do; or might have, where nothing tells."""
    if case.is_followed:
        groups = np.unique(case.groups.of[mask & (case.bytes > 0)])
        return any(case.behaviour(group) in ("grows", "rises") for group in groups[groups >= 0])
    return in_pieces(case, mask)


def _has_few_pieces(case: Case, mask: np.ndarray) -> bool:
    return bool(case.heaviest_by_thread(mask)["blocks"].median() <= FEW_PIECES)


def _ended(case: Case, count: int) -> bool:
    """Whether there never were so many threads at once: what they made outlived them."""
    sidecar = case.capture.sidecar
    counts = known_counts(sidecar.samples, "threads") if sidecar is not None else None
    return counts is not None and int(counts.max()) < COUNTED * count


def _in_pool(case: Case, mask: np.ndarray) -> bool:
    """Whether the heaviest of these call paths runs in a worker of a thread pool."""
    site = int(np.flatnonzero(mask)[case.bytes[mask].argmax()])
    return any(
        "concurrent/futures/thread.py" in frame or "multiprocessing/pool.py" in frame
        for frame in case.path(site)
    )
