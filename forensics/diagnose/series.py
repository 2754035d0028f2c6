"""Several snapshots of one run in time order: what grows from each to the next, what fills, what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from forensics.diagnose.advice import ADVICE
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case, Holder
from forensics.diagnose.finding import Finding
from forensics.text import format_bytes, format_count

CAUSES = ("cache", "data", "payload", "logging", "concurrency", "pool", "tls", "unexplained")
#: Snapshots are of one run where what both hold has owners in common for this share of the smaller.
IN_COMMON = 0.5
#: It grows where each step adds this share of the last level, and all of them this; it stays within this.
LEAST_STEP, LEAST_GROWTH, LEVEL = 0.01, 0.15, 0.05
#: How sure growth is, by the number of snapshots: two may have caught a warm-up.
_SURE = {2: 0.65, 3: 0.75}
_ADVICE = ADVICE | {
    "pool": "Share one for all calls, and close what is opened on every path.",
    "tls": "Share one context for all connections.",
}


def with_earlier(cases: Sequence[Case]) -> list[Case]:
    """The same cases; where they are snapshots of one run, the latest knows those before it."""
    if len(cases) < 2 or not _one_run(cases):
        return list(cases)
    order = _in_order(cases)
    latest = order[-1]
    return [replace(case, earlier=tuple(order[:-1])) if case is latest else case for case in cases]


def _one_run(cases: Sequence[Case]) -> bool:
    origins = [case.capture.origin for case in cases]
    pids = {origin.pid for origin in origins if origin.pid is not None}
    alike = len({(origin.format, origin.language) for origin in origins}) == 1
    if not alike or len(pids) > 1 or any(case.is_followed for case in cases):
        return False
    held = [case.held_by for case in cases]
    return all(_common(one, other) >= IN_COMMON for one, other in pairwise(held))


def _common(one: dict[Holder, tuple[int, int]], other: dict[Holder, tuple[int, int]]) -> float:
    """The share of the smaller one's bytes whose holders are in both."""
    smaller, larger = sorted((one, other), key=lambda held: sum(size for size, _ in held.values()))
    total = sum(size for size, _ in smaller.values())
    return sum(size for holder, (size, _) in smaller.items() if holder in larger) / total if total else 0.0


def _in_order(cases: Sequence[Case]) -> list[Case]:
    """By the times that the dumps tell; as given where one tells none."""
    times = [case.capture.origin.ended or case.capture.origin.started for case in cases]
    known = [time for time in times if time is not None]
    if len(known) < len(cases):
        return list(cases)
    return [cases[place] for place in sorted(range(len(cases)), key=lambda place: known[place])]


def find(case: Case) -> list[Finding]:
    """Findings about what the latest of several snapshots holds; none for a single dump."""
    if not case.earlier:
        return []
    found = [_finding(case, group) for group in case.of_causes(*CAUSES)]
    return [finding for finding in found if finding is not None]


def _finding(case: Case, group: int) -> Finding | None:
    holder = case.holder(group)
    levels = np.array([each.held_by.get(holder, (0, 0)) for each in (*case.earlier, case)], np.int64)
    held = levels[:, 0]
    last, grown = int(held[-1]), int(held[-1] - held[0])
    growth = case.total - case.earlier[0].total
    if not case.is_material(last) and not (case.is_material(grown, share=0) and grown >= 0.2 * growth):
        return None
    steps = np.diff(held)
    if grown >= LEAST_GROWTH * last and (steps >= LEAST_STEP * last).all():
        return _grows(case, group, levels)
    late = held[len(held) // 2 :]
    if len(held) >= 4 and grown >= LEAST_GROWTH * last and _is_level(late):
        return _filled(case, group, levels)
    return _stays(case, group, levels) if _is_level(held) else None


def _made(case: Case, mask: np.ndarray) -> str:
    owner = case.owner(mask)
    return f"What {called(owner)} made" if owner else "What was made outside of the application's own frames"


def _is_level(held: np.ndarray) -> bool:
    return bool((np.abs(held - held[-1]) <= LEVEL * held[-1]).all())


def _grows(case: Case, group: int, levels: np.ndarray) -> Finding:
    cause = case.cause(group)
    mask = case.members(group)
    (first, _), (last, blocks), count = levels[0], levels[-1], len(levels)
    return build(
        case,
        mask,
        kind="unbounded-cache" if cause == "cache" else "grows",
        cause=cause,
        title=f"{_made(case, mask)} grew in each of {count} snapshots, from "
        f"{format_bytes(int(first))} to {format_bytes(int(last))} in {format_count(int(blocks))} blocks",
        base=_SURE.get(count, 0.85),
        advice=_ADVICE[cause.split("/")[0]],
        measure=f"take {'a third snapshot' if count == 2 else 'more snapshots'} under the same load: what "
        "fills up stops, a leak goes on",
        figures={"behaviour": "grows", "levels": levels[:, 0].tolist()},
    )


def _filled(case: Case, group: int, levels: np.ndarray) -> Finding:
    mask = case.members(group)
    cause = case.cause(group)
    return build(
        case,
        mask,
        kind="cache-filling" if cause == "cache" else "held-throughout",
        cause=cause,
        title=f"{_made(case, mask)} grew at first and then no more: "
        f"{format_bytes(int(levels[-1, 0]))} over the last {len(levels) - len(levels) // 2} snapshots",
        base=0.7,
        advice="This is no leak. Make the bound smaller if the limit asks for it.",
        figures={"behaviour": "fills", "levels": levels[:, 0].tolist()},
    )


def _stays(case: Case, group: int, levels: np.ndarray) -> Finding:
    mask = case.members(group)
    return build(
        case,
        mask,
        kind="held-throughout",
        cause=case.cause(group),
        title=f"{_made(case, mask)} is held and does not grow over {len(levels)} snapshots: "
        f"{format_bytes(int(levels[-1, 0]))}",
        base=0.55 if len(levels) == 2 else 0.65,
        advice="It is constant: wanted or not is for its owner to say. It is no leak.",
        figures={"behaviour": "stays", "levels": levels[:, 0].tolist()},
    )
