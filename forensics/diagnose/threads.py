"""Threads that each hold a piece of their own: counted, since every piece looks small."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.text import format_bytes

#: So many threads that hold the same thing at once are a fan-out.
MANY = 16


def find(case: Case) -> list[Finding]:
    """Findings about functions whose memory is held by many threads at once, one per owner function."""
    rows = case.profile.allocations
    sites = rows["callsite_id"].to_numpy()
    keys = case.owner_keys[sites]
    held = (rows["bytes"].to_numpy() > 0) & (keys > 0)
    table = pd.DataFrame({"key": keys[held], "thread": rows["thread"].cat.codes.to_numpy()[held]})
    counts = table.drop_duplicates().groupby("key").size()
    found = [_finding(case, int(key), int(count)) for key, count in counts[counts >= MANY].items()]
    return [finding for finding in found if finding is not None]


def _finding(case: Case, key: int, count: int) -> Finding | None:
    mask = case.owner_keys == key
    size = int(case.bytes[mask].sum())
    if not case.is_material(size, share=0.1):
        return None
    cause = "pool/thread" if _in_pool(case, mask) else "concurrency"
    return build(
        case,
        mask,
        kind="fan-out",
        cause=cause,
        title=f"{count} threads at once each hold what {called(case.owner(mask))} made: "
        f"{format_bytes(size)}, "
        f"{format_bytes(size / count)} each",
        base=0.8,
        advice="Share one bounded pool between requests; what is per thread is paid once per thread that "
        "lives.",
        measure="the number of threads over time: record with a side-car",
        figures={"threads": count},
    )


def _in_pool(case: Case, mask: np.ndarray) -> bool:
    """Whether the heaviest of these call paths runs in a worker of a thread pool."""
    site = int(np.flatnonzero(mask)[case.bytes[mask].argmax()])
    return any(
        "concurrent/futures/thread.py" in frame or "multiprocessing/pool.py" in frame
        for frame in case.path(site)
    )
