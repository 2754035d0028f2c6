"""Who holds what grows, where the one who holds it allocates in step: queues, futures, log records.

What piles up behind a queue, in log records or in futures is made by the application, and the small
blocks of whoever keeps it (a deque gets one for 64 entries, a future its lock) rise with it. The holder's
frames say who it is; the curve and the call paths say that it is this one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.attribute.assign import OWN_TASK
from forensics.causes import PHASES
from forensics.diagnose.case import Case
from forensics.profile import path_of

#: Causes whose frames keep what others make.
HOLDING = ("concurrency", "logging", "pool/thread", "pool/process")
#: Two curves are in step where they differ by no more than this on average.
IN_STEP = 0.15
#: Fewer blocks than this tell nothing; arenas, at a callsite that has nothing else, count too.
FEWEST = 4
#: Where so many of its blocks are the application's own objects, nothing says that a task keeps them.
OBJECTS_ALONE = 0.95
GROWING = ("grows", "rises")
_RUNS_JOBS = ("concurrent.futures.thread", "concurrent.futures.process", "multiprocessing.pool")


@dataclass(frozen=True, kw_only=True, eq=False)
class Holder:
    """A group that keeps another: its cause, its callsites, and whether one function does both."""

    cause: str
    mask: np.ndarray
    same_function: bool


def holder_of(case: Case, group: int) -> Holder | None:
    """Who keeps what this group makes, where that can be seen; None else."""
    mask = case.members(group)
    return _flushed_at_exit(case, mask) or _in_step(case, group, mask)


def _in_step(case: Case, group: int, mask: np.ndarray) -> Holder | None:
    followed = case.lifetimes
    curve = followed.curve(group)
    for other in case.of_causes(*HOLDING):
        kept = case.members(other)
        climbs = followed.climbs(other) or case.behaviour(other) in GROWING
        if other == group or not climbs:
            continue
        if followed.live_blocks[:, other].max(initial=0) < FEWEST or _has_objects_alone(case, kept):
            continue
        in_step = np.abs(curve - followed.curve(other)).mean() <= IN_STEP
        if (in_step and _related(case, mask, kept)) or _jobs_of(case, group, other):
            same = bool(np.isin(_owners(case, kept), _owners(case, mask)).any())
            return Holder(cause=case.cause(other), mask=kept, same_function=same)
    return None


def _has_objects_alone(case: Case, kept: np.ndarray) -> bool:
    """Whether these are objects that the application made in a task, and hardly any of the task itself."""
    objects = int(case.blocks[kept & (case.rule_names == OWN_TASK.id)].sum())
    return objects >= OBJECTS_ALONE * int(case.blocks[kept].sum())


def _jobs_of(case: Case, made: int, kept: int) -> bool:
    """Whether workers of a pool made it and the pool's futures are kept, so many for each."""
    many, few = (int(case.lifetimes.live_blocks[:, group].max()) for group in (kept, made))
    each = many / max(few, 1)
    return (
        few >= FEWEST
        and _runs_in_pool(case, case.members(made))
        and _has_module(case, case.members(kept), "concurrent.futures")
        and each >= 0.95
        and abs(each - round(each)) <= 0.05 * each
    )


def _owners(case: Case, mask: np.ndarray) -> np.ndarray:
    """The keys of the functions that own these callsites."""
    keys = np.unique(case.owner_keys[mask & ((case.bytes > 0) | (case.at_end > 0))])
    return keys[keys > 0]


def _related(case: Case, made: np.ndarray, kept: np.ndarray) -> bool:
    """Whether the maker is on the holder's call path, or the holder on the maker's."""
    makers, keepers = _owners(case, made), _owners(case, kept)
    on_made, on_kept = _functions_on_path(case, made), _functions_on_path(case, kept)
    return bool(np.isin(makers, on_kept).any() or np.isin(keepers, on_made).any())


def _heaviest(case: Case, mask: np.ndarray) -> int:
    weights = np.maximum(case.bytes, case.at_end)[mask]
    return int(np.flatnonzero(mask)[weights.argmax()])


def _functions_on_path(case: Case, mask: np.ndarray) -> np.ndarray:
    """Owner keys of the application's functions on the heaviest of these call paths; never a module body."""
    path = np.asarray(path_of(case.profile, _heaviest(case, mask)))
    frames = case.profile.callsites["frame_id"].to_numpy()[path]
    own = case.ledger.assignment.places.own[frames]
    body = (case.profile.frames["function"].isin(["<module>", "main"])).to_numpy()[frames]
    return np.unique(case.frame_keys[frames[own & ~body]])


def _modules(case: Case, mask: np.ndarray) -> list[str]:
    path = np.asarray(path_of(case.profile, _heaviest(case, mask)))
    frames = case.profile.callsites["frame_id"].to_numpy()[path]
    return [str(module) for module in case.ledger.assignment.places.module[frames]]


def _runs_in_pool(case: Case, mask: np.ndarray) -> bool:
    return any(module in _RUNS_JOBS for module in _modules(case, mask))


def _has_module(case: Case, mask: np.ndarray, prefix: str) -> bool:
    return any(module.startswith(prefix) for module in _modules(case, mask))


def _flushed_at_exit(case: Case, mask: np.ndarray) -> Holder | None:
    """Log records that are formatted while the program shuts down, one for each of these blocks."""
    assignment = case.ledger.assignment
    shutdown = assignment.has_cause("logging") & (assignment.phase == PHASES.index("shutdown"))
    if case.allocated is None or not shutdown.any():
        return None
    made = case.capture.profile("allocated").own("blocks")
    formatted, blocks = int(made[shutdown].max()), int(case.blocks[mask].sum())
    if blocks < FEWEST or not 0.9 * blocks <= formatted <= 1.1 * blocks:
        return None
    return Holder(cause="logging", mask=shutdown, same_function=False)
