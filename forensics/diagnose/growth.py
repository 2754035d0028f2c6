"""What is added to and kept: caches without bound, records, tasks, queues; and what only fills up."""

from __future__ import annotations

import numpy as np

from forensics.attribute.assign import MANY_THREADS
from forensics.attribute.sweep import NONE
from forensics.curves import before_exit, passes
from forensics.diagnose.advice import ADVICE, TWICE, TWICE_AS_LONG
from forensics.diagnose.build import build, called
from forensics.diagnose.built import BUILDS, built_once, constructed
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.diagnose.held import held_throughout, let_go_late
from forensics.diagnose.holders import GROWING, HOLDING, Holder, holder_of
from forensics.diagnose.moment import held_now
from forensics.diagnose.rise import HELD_SHARE, in_pieces
from forensics.diagnose.threads import set_a_thread
from forensics.text import format_bytes, format_count

#: Causes whose growth is said here; pools and models have families of their own.
_GROWING = ("cache", "data", "payload", "logging", "concurrency", "unexplained")
#: The rule for jobs and futures of a pool: they grow, a backlog and not many pools.
JOBS = "pool-jobs"
#: Fewer arenas than this are nobody's, and so is a smaller share of all of them.
FEWEST_ARENAS = 8
OF_ARENAS = 0.2
#: Growth with fewer blocks than this is a load in a few pieces.
FEWEST_BLOCKS = 8
#: Other work goes on where it allocates at least this share of the blocks that the growing group adds …
OTHER_WORK = 0.2
#: … and no last step takes more than this share of what it holds.
LAST_STEP = 0.3
#: What had all come before this share of the time, with work after it, was not added to until the exit.
LAST_OF_TIME = 0.7


def find(case: Case) -> list[Finding]:
    """Findings about memory that stays, one per owner function and cause."""
    if not case.is_followed:
        return []
    found = []
    jobs = [group for group in case.of_causes("pool/thread") if _is_of_jobs(case, group)]
    for group in [*case.of_content(*_GROWING), *jobs]:
        mask = case.members(group)
        size = int(max(case.bytes[mask].sum(), case.at_end[mask].sum())) - _few_arenas(case, mask)
        if case.is_material(size):
            found.append(_finding(case, group, mask))
    return [finding for finding in found if finding is not None]


def _few_arenas(case: Case, mask: np.ndarray) -> int:
    """Bytes of arenas where they are too few to tell anything: whoever asks next gets one."""
    blocks = int(case.arena_blocks[mask].sum())
    few = blocks < FEWEST_ARENAS or blocks < OF_ARENAS * case.arena_blocks.sum()
    return int(case.arenas[mask].sum()) if few else 0


def _is_of_jobs(case: Case, group: int) -> bool:
    mask = case.members(group)
    jobs = mask & (case.rule_names == JOBS)
    return bool(case.bytes[jobs].sum() > 0.5 * case.bytes[mask].sum())


def _finding(case: Case, group: int, mask: np.ndarray) -> Finding | None:
    behaviour = case.behaviour(group)
    if let_go_late(case, group, mask):
        return held_throughout(case, group, mask)
    if behaviour in GROWING:
        return _growing(case, group, mask)
    if rose_late(case, group, mask):
        return _grows(case, group, mask)
    if behaviour == "fills" and not case.is_within_client(group):
        return _fills(case, group, mask)
    held = int(case.at_end[mask].sum())
    if case.groups.let_go_at_exit(group):
        held = int(case.bytes[mask].sum())
    values = case.cause(group) == "data" and case.owner(mask) is not None
    if behaviour == "unknown" and held >= HELD_SHARE * case.total:
        return (
            held_throughout(case, group, mask)
            if built_once(case, mask)
            else held_now(case, mask, case.content(group), held)
        )
    if (
        behaviour in ("stays", "fills")
        and held >= HELD_SHARE * case.total
        and (values or case.phase(mask) != "import")
    ):
        return _late(case, group, mask) or held_throughout(case, group, mask)
    return None


def _late(case: Case, group: int, mask: np.ndarray) -> Finding | None:
    """What came in the last part of the work, where there is no telling a leak from a batch by its curve."""
    followed = case.lifetimes
    if not followed.still_came(group):
        return None
    one_by_one = in_pieces(case, mask) or followed.climbs_by_clock(group)
    if one_by_one and other_work(case, group, of_any_function=True) >= 0.5:
        return _grows(case, group, mask)
    if case.cause(group) in ("payload", "data") and followed.came_at_the_end(group):
        return _at_the_end(case, group, mask)
    return _began_late(case, group, mask)


def _growing(case: Case, group: int, mask: np.ndarray) -> Finding | None:
    holder = holder_of(case, group) if case.cause(group) not in HOLDING else None
    if holder is not None:
        return _kept_by(case, group, mask, holder)
    rises = case.behaviour(group) == "rises"
    if constructed(case, mask) if rises else built_once(case, mask):
        return held_throughout(case, group, mask)
    if one_a_thread(case, mask):
        return None
    if case.behaviour(group) == "grows" or case.cause(group) in HOLDING:
        return _grows(case, group, mask)
    return _grows(case, group, mask) if adds_up(case, group, mask) else None


def one_a_thread(case: Case, mask: np.ndarray) -> bool:
    """Whether many threads made about the same each: it grows with the threads, counted elsewhere."""
    by_thread = case.by_thread(mask)
    by_thread = by_thread[by_thread > 0]
    alike = len(by_thread) >= MANY_THREADS and by_thread.max() <= 4 * by_thread.mean()
    return alike and set_a_thread(case, mask)


def adds_up(case: Case, group: int, mask: np.ndarray) -> bool:
    """Whether what rose until the exit came call by call.

    It came so where the program did other things meanwhile and it is in pieces of their own; where one of
    these is true, if no last step took it up. Else it is as likely one document or batch on its way.
    """
    if _rested_late(case, group):
        return False
    beside, pieces = other_work(case, group) >= 0.5, in_pieces(case, mask)
    return (beside and pieces) or ((beside or pieces) and not _has_last_step(case, group))


def _rested_late(case: Case, group: int) -> bool:
    """Whether nothing came any more for a good part of the time, while work went on: a batch at its use."""
    followed = case.lifetimes
    return followed.arrived_within(before_exit(followed.live_bytes[:, group]), LAST_OF_TIME)


def rose_late(case: Case, group: int, mask: np.ndarray) -> bool:
    """Whether what is gone at the end came call by call in the last part of the work, until the exit."""
    followed = case.lifetimes
    passed = case.behaviour(group) == "passes" and followed.rose_late(group)
    by_calls = other_work(case, group) >= 0.5 and in_pieces(case, mask)
    return passed and by_calls and not _has_last_step(case, group)


def _has_last_step(case: Case, group: int) -> bool:
    """Whether other work takes much in the end, as what makes one result of many things does."""
    followed = case.lifetimes
    others = followed.live_bytes[:, _other_groups(case, group)].sum(axis=1)
    ends = max(len(others) // 8, 1)
    before = others[:-ends]
    # Others that rise all the time go on, and take no step.
    as_before = before[-ends:].max(initial=0) + ends * (before[-1] - before[0]) / len(before)
    return bool(others[-ends:].max() - as_before >= LAST_STEP * int(followed.highest_bytes[group]))


def other_work(case: Case, group: int, *, of_any_function: bool = False) -> float:
    """In how many of the steps in which a group was added to the program did other things, 0 to 1.

    Other things are what other functions do, or also what the group's own does beside it.
    """
    followed = case.lifetimes
    mine = followed.added_blocks[:, group]
    others = _other_groups(case, group, of_any_function=of_any_function)
    beside = followed.added_blocks[:, others].sum(axis=1)
    adding = mine > 0
    return float((beside >= OTHER_WORK * mine)[adding].mean()) if adding.any() else 0.0


def _other_groups(case: Case, group: int, *, of_any_function: bool = False) -> list[int]:
    """The groups of other functions, or all others, that are work and no imports."""
    keys = np.where(case.groups.owner != NONE, case.owner_keys[case.groups.owner], 0)
    other = np.arange(len(keys)) != group if of_any_function else keys != keys[group]
    return [int(n) for n in np.flatnonzero(other & ~case.groups.imports)]


def _kept_by(case: Case, group: int, mask: np.ndarray, holder: Holder) -> Finding:
    both = mask | holder.mask
    owner = case.owner(holder.mask) or case.owner(mask)
    followed = case.lifetimes
    blocks = int(followed.live_blocks[:, group].max(initial=0))
    keepers = _KEEPERS[holder.cause]
    return build(
        case,
        both,
        kind="grows",
        cause=holder.cause,
        title=f"{keepers} at {called(owner)} keep what {called(case.owner(mask))} makes: "
        f"{format_bytes(int(case.bytes[both].sum()))} in {format_count(blocks)} blocks, and more come "
        "than go",
        base=0.8 if holder.same_function else 0.7,
        advice=ADVICE.get(holder.cause, ADVICE["concurrency"]),
        measure=TWICE_AS_LONG if case.behaviour(group) == "rises" else TWICE,
        figures={"behaviour": "grows", "live_blocks": blocks},
        owner=owner,
        rival=case.cause(group),
    )


_KEEPERS = {
    "concurrency": "A queue, tasks or futures",
    "logging": "Log records",
    "pool/thread": "Jobs and futures of a thread pool",
    "pool/process": "Jobs and results of a process pool",
}


def _grows(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.cause(group)
    owner = case.owner(mask)
    followed = case.lifetimes
    at_exit = passes(followed.live_bytes[:, group])
    blocks = int(
        followed.live_blocks[:, group].max(initial=0) if at_exit else followed.live_blocks[-1, group]
    )
    steady = followed.steadiness(group)
    ever, freed = int(followed.allocated_blocks[group]), int(followed.freed_blocks[group])
    named = owner is not None and bool(BUILDS.search(owner.function))
    building = named or blocks < FEWEST_BLOCKS
    busy = other_work(case, group) >= 0.5 or ever - blocks >= OTHER_WORK * blocks
    kept = format_bytes(int((case.bytes if at_exit else case.at_end)[mask].sum()))
    noun = "entries" if cause == "cache" else "blocks"
    # What the exit gave back, or began late, may have been one batch.
    open_end = (at_exit and cause not in HOLDING) or case.behaviour(group) == "stays"
    until = "when the exit gave all back" if at_exit else "at the end and still growing"
    return build(
        case,
        mask,
        kind="unbounded-cache" if cause == "cache" else "grows",
        cause=cause,
        title=f"What {called(owner)} adds is never given back: {format_count(blocks)} {noun}, {kept} {until}",
        base=_RISES if open_end else _growth_base(steady, building=building, busy=busy),
        advice=ADVICE.get(cause, ADVICE["cache"]),
        measure=TWICE_AS_LONG if at_exit else TWICE,
        figures={
            "behaviour": "grows",
            "live_blocks": blocks,
            "allocated_blocks": ever,
            "freed_blocks": freed,
            "steadiness": round(steady, 2),
        },
    )


#: What began late may be a batch as well as a store.
OPEN = 0.45
#: What rises until the exit is kept, or gathered for a step that took nothing.
_RISES = 0.6


def _growth_base(steady: float, *, building: bool, busy: bool) -> float:
    """Steady growth over the whole run is worth more than growth in one stretch of it.

    Where next to nothing else was done, the whole run may have been one load.
    """
    if building:
        return 0.55
    return 0.7 if steady < 0.5 or not busy else 0.85


def _began_late(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.cause(group)
    kept = format_bytes(int(case.at_end[mask].sum()))
    return build(
        case,
        mask,
        kind="grows",
        cause=cause,
        title=f"What {called(case.owner(mask))} made came in the last part of the record and still came when "
        f"it ended: {kept}",
        base=OPEN,
        advice=ADVICE.get(cause, ADVICE["cache"]),
        measure="record on for longer: a batch is given back, a store goes on growing",
        figures={"behaviour": "late"},
    )


def _fills(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.cause(group)
    owner = case.owner(mask)
    at_exit = case.groups.let_go_at_exit(group)
    kept = format_bytes(int((case.bytes if at_exit else case.at_end)[mask].sum()))
    return build(
        case,
        mask,
        kind="cache-filling",
        cause=cause,
        title=f"What {called(owner)} keeps has reached its bound: {kept}, old entries make room for new ones",
        base=0.75,
        advice="This is no leak. Make the bound smaller if the limit asks for it.",
        figures={"behaviour": "fills"},
    )


def _at_the_end(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.cause(group)
    size = int(case.bytes[mask].sum())
    return build(
        case,
        mask,
        kind="payload-sets-peak",
        cause=cause,
        title=f"What {called(case.owner(mask))} made near the end of the record makes the peak: "
        f"{format_bytes(size)} in {format_count(int(case.blocks[mask].sum()))} blocks, still there when it "
        "ends",
        base=0.65,
        advice=ADVICE.get(cause, ADVICE["data"]),
        measure="record on for longer: a batch is given back, a store is not",
        figures={"behaviour": "late"},
    )
