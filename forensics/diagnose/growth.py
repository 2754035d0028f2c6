"""What is added to and kept: caches without bound, records, tasks, queues; and what only fills up."""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import cast

import numpy as np

from forensics.attribute.assign import BODY_VALUES, MANY_THREADS
from forensics.attribute.sweep import NONE
from forensics.causes import PHASES
from forensics.curves import PASSING_SHARE, before_exit
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.diagnose.holders import GROWING, HOLDING, Holder, holder_of
from forensics.diagnose.threads import set_a_thread
from forensics.lifetimes import Lifetimes
from forensics.profile import path_of
from forensics.text import format_bytes, format_count

#: Causes whose growth is said here; pools and models have families of their own.
_GROWING = ("cache", "data", "payload", "logging", "concurrency", "unexplained")
#: The rule for jobs and futures of a pool: they grow, a backlog and not many pools.
JOBS = "pool-jobs"
#: Building something once looks like growth where the whole run does little else.
_BUILDS = re.compile(r"load|build|index|init|setup|read|warm|preload|prepare|fill|populate", re.IGNORECASE)
#: Growth with fewer blocks than this is a load in a few pieces.
FEWEST_BLOCKS = 8
HELD_SHARE = 0.2
#: Frames through which a program gets to what it builds once.
_OUTER_BODIES = ("<module>", "main")
_BODIES = (*_OUTER_BODIES, "__init__", "__new__", "__post_init__")
#: Other work goes on where it allocates at least this share of the blocks that the growing group adds …
OTHER_WORK = 0.2
#: … or it comes in so many pieces of this size, …
PIECES = 50
PIECE_BYTES = 1 << 9
#: … and no last step takes more than this share of what it holds.
LAST_STEP = 0.3
#: What was there from this share of the record on, until the exit, was held and no batch.
STOOD_FROM = 0.6
#: So many blocks of tasks or queues at once are a fan-out, whether or not they grow.
MANY_TASKS = 100
#: Without events, growth is told from a timeline of so many records, in so many stretches; it rises
#: evenly where this share of them gains this share of their median …
FEWEST_RECORDS = 16
STRETCHES = 8
EVEN_RISE = 0.25
EVEN_STRETCHES = 0.7
#: … and what a function holds is part of it where this share has to have come in that rise, …
MOST_OF_IT = 0.3
#: … or where the rise is this share of all that is no import, and the function holds this part of that.
MOST_ROSE = 0.6
PART_OF_IT = 0.2


def find(case: Case) -> list[Finding]:
    """Findings about memory that stays, one per owner function and cause."""
    if not case.has_events:
        return _from_one_moment(case)
    found = []
    jobs = [group for group in case.of_causes("pool/thread") if _is_of_jobs(case, group)]
    for group in [*case.of_causes(*_GROWING), *jobs]:
        mask = case.members(group)
        size = int(max(case.bytes[mask].sum(), case.at_end[mask].sum()))
        if case.is_material(size):
            found.append(_finding(case, group, mask))
    return [finding for finding in found if finding is not None]


def _is_of_jobs(case: Case, group: int) -> bool:
    mask = case.members(group)
    jobs = mask & (case.rule_names == JOBS)
    return bool(case.bytes[jobs].sum() > 0.5 * case.bytes[mask].sum())


def _finding(case: Case, group: int, mask: np.ndarray) -> Finding | None:
    behaviour = case.groups.behaviour(group)
    if behaviour in GROWING:
        return _growing(case, group, mask)
    if behaviour == "fills":
        return _fills(case, group, mask)
    held = int(case.at_end[mask].sum())
    if case.groups.let_go_at_exit(group):
        held = int(case.bytes[mask].sum())
    if behaviour == "passes" and case.groups.there_at_exit(group) and constructed(case, mask):
        return _stays(case, group, mask)
    values = set(case.rule_names[mask]) == {BODY_VALUES.id}
    if behaviour == "unknown" and held >= HELD_SHARE * case.total:
        return (
            _stays(case, group, mask)
            if built_once(case, mask)
            else _held(case, mask, case.cause(group), held)
        )
    if behaviour == "stays" and held >= HELD_SHARE * case.total and (values or case.phase(mask) != "import"):
        followed = cast("Lifetimes", case.groups.lifetimes)
        late = case.cause(group) in ("payload", "data") and followed.came_at_the_end(group)
        return _at_the_end(case, group, mask) if late else _stays(case, group, mask)
    return None


def _growing(case: Case, group: int, mask: np.ndarray) -> Finding | None:
    holder = holder_of(case, group) if case.cause(group) not in HOLDING else None
    if holder is not None:
        return _kept_by(case, group, mask, holder)
    rises = case.groups.behaviour(group) == "rises"
    if constructed(case, mask) if rises else built_once(case, mask):
        return _stays(case, group, mask)
    if one_a_thread(case, mask):
        return None
    if case.groups.behaviour(group) == "grows" or case.cause(group) in HOLDING:
        return _grows(case, group, mask)
    return _grows(case, group, mask) if adds_up(case, group, mask) else None


def one_a_thread(case: Case, mask: np.ndarray) -> bool:
    """Whether many threads made about the same each: it grows with the threads, counted elsewhere."""
    by_thread = case.by_thread(mask)
    by_thread = by_thread[by_thread > 0]
    alike = len(by_thread) >= MANY_THREADS and by_thread.max() <= 4 * by_thread.mean()
    return alike and set_a_thread(case, mask)


def built_once(case: Case, mask: np.ndarray) -> bool:
    """Whether what grew was one construction: builders alone, from the module body down to the owner.

    A load in a short run looks like growth, since the run does little else.
    """
    names = _own_names(case, mask)
    builds = bool(names) and bool(_BUILDS.search(names[-1]))
    return constructed(case, mask) or (builds and all(_BUILDS.search(n) or n in _BODIES for n in names))


def constructed(case: Case, mask: np.ndarray) -> bool:
    """Whether a module body made it, or the constructor of what the program is made of."""
    names = _own_names(case, mask)
    if names[-1:] == ["<module>"] and case.phase(mask) == "import":
        return True
    return list(dropwhile(lambda name: name in _OUTER_BODIES, names))[:1] == ["__init__"]


def _own_names(case: Case, mask: np.ndarray) -> list[str]:
    """The application's functions down to the owner of most of these bytes, outermost first."""
    site = int(np.flatnonzero(mask)[np.maximum(case.bytes, case.at_end)[mask].argmax()])
    owner = int(case.ledger.assignment.owner[site])
    if owner == NONE:
        return []
    frames = case.profile.callsites["frame_id"].to_numpy()[path_of(case.profile, owner)]
    own = frames[case.ledger.assignment.places.own[frames]]
    return [str(name) for name in case.profile.frames["function"].iloc[own]]


def adds_up(case: Case, group: int, mask: np.ndarray) -> bool:
    """Whether what rose until the exit came call by call, and no last step took it up.

    It came so where the program did other things meanwhile, or in pieces of their own; else it is as
    likely one document or batch on its way.
    """
    return not _has_last_step(case, group) and (other_work(case, group) >= 0.5 or in_pieces(case, mask))


def in_pieces(case: Case, mask: np.ndarray) -> bool:
    """Whether these are many blocks of the size of a text or a picture: one at each call."""
    own = case.bytes[mask] - case.arenas[mask]
    site = int(own.argmax())
    blocks = int(case.blocks[mask][site])
    most = own[site] > 0.5 * case.bytes[mask].sum()
    return bool(most and blocks >= PIECES and own[site] >= PIECE_BYTES * blocks)


def _has_last_step(case: Case, group: int) -> bool:
    """Whether other work takes much in the end, as what makes one result of many things does."""
    followed = cast("Lifetimes", case.groups.lifetimes)
    others = followed.live_bytes[:, _other_groups(case, group)].sum(axis=1)
    ends = max(len(others) // 8, 1)
    last_step = int(others[-ends:].max(initial=0) - np.median(others[:-ends]))
    return last_step >= LAST_STEP * int(followed.highest_bytes[group])


def other_work(case: Case, group: int) -> float:
    """In how many of the steps in which a group was added to the program did other things, 0 to 1."""
    followed = cast("Lifetimes", case.groups.lifetimes)
    mine = followed.added_blocks[:, group]
    others = followed.added_blocks[:, _other_groups(case, group)].sum(axis=1)
    adding = mine > 0
    return float((others >= OTHER_WORK * mine)[adding].mean()) if adding.any() else 0.0


def _other_groups(case: Case, group: int) -> list[int]:
    """The groups beside this one that are work, not imports."""
    return [n for n in range(len(case.groups)) if n != group and not case.groups.is_import(n)]


def _kept_by(case: Case, group: int, mask: np.ndarray, holder: Holder) -> Finding:
    both = mask | holder.mask
    owner = case.owner(holder.mask) or case.owner(mask)
    followed = cast("Lifetimes", case.groups.lifetimes)
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
        measure=TWICE_AS_LONG if case.groups.behaviour(group) == "rises" else _TWICE,
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
_TWICE = "record a run twice as long: a bounded cache stops at its bound, a leak doubles"


def _grows(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.cause(group)
    owner = case.owner(mask)
    followed = cast("Lifetimes", case.groups.lifetimes)
    at_exit = case.groups.behaviour(group) == "rises"
    blocks = int(
        followed.live_blocks[:, group].max(initial=0) if at_exit else followed.live_blocks[-1, group]
    )
    steady = followed.steadiness(group)
    ever, freed = int(followed.allocated_blocks[group]), int(followed.freed_blocks[group])
    named = owner is not None and bool(_BUILDS.search(owner.function))
    building = named or blocks < FEWEST_BLOCKS
    busy = other_work(case, group) >= 0.5 or ever - blocks >= OTHER_WORK * blocks
    kept = format_bytes(int((case.bytes if at_exit else case.at_end)[mask].sum()))
    noun = "entries" if cause == "cache" else "blocks"
    until = "when the exit gave all back" if at_exit else "at the end and still growing"
    return build(
        case,
        mask,
        kind="unbounded-cache" if cause == "cache" else "grows",
        cause=cause,
        title=f"What {called(owner)} adds is never given back: {format_count(blocks)} {noun}, {kept} {until}",
        base=_RISES
        if at_exit and cause not in HOLDING
        else _growth_base(steady, building=building, busy=busy),
        advice=ADVICE.get(cause, ADVICE["cache"]),
        measure=TWICE_AS_LONG if at_exit else _TWICE,
        figures={
            "behaviour": "grows",
            "live_blocks": blocks,
            "allocated_blocks": ever,
            "freed_blocks": freed,
            "steadiness": round(steady, 2),
        },
    )


#: What rises until the exit is kept, or gathered for a step that took nothing.
_RISES = 0.6
#: A store that the exit empties looks like a batch that is gathered for a last step.
TWICE_AS_LONG = (
    "it rose evenly until then: record a run twice as long, or one that is stopped midway; what doubles, or "
    "is still there, is kept and not one batch"
)


def _growth_base(steady: float, *, building: bool, busy: bool) -> float:
    """Steady growth over the whole run is worth more than growth in one stretch of it.

    Where next to nothing else was done, the whole run may have been one load.
    """
    if building:
        return 0.55
    return 0.7 if steady < 0.5 or not busy else 0.85


ADVICE = {
    "cache": "Give it a bound (a maximum size, a time to live) or a place outside of the process.",
    "data": "Write results out as they come, or keep what is needed of each instead of the whole.",
    "payload": "Write results out as they come, or keep what is needed of each instead of the whole.",
    "logging": "Give the handler a capacity that flushes, and keep references instead of bodies in records.",
    "concurrency": "End what is started: bound the queue, await or cancel tasks, join threads.",
    "unexplained": "Find out what the library keeps: record with native stacks.",
}


def _fills(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.cause(group)
    owner = case.owner(mask)
    kept = format_bytes(int(case.at_end[mask].sum()))
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


def _stays(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.cause(group)
    owner = case.owner(mask)
    at_exit = int(case.at_end[mask].sum()) < PASSING_SHARE * int(case.bytes[mask].sum())
    kept = format_bytes(int((case.bytes if at_exit else case.at_end)[mask].sum()))
    return build(
        case,
        mask,
        kind="held-throughout",
        cause=cause,
        title=f"What {called(owner)} made is held to the end and does not grow: {kept}",
        base=0.6,
        advice="It is constant: wanted or not is for its owner to say. It is no leak.",
        figures={"behaviour": "stays"},
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


def _from_one_moment(case: Case) -> list[Finding]:
    """Without events: what is held is seen. That it grows is said where the heap's own curve says so."""
    found = []
    for group in case.of_causes("cache", "data", "payload", "logging", "concurrency"):
        mask = case.members(group)
        held = int(np.minimum(case.bytes[mask], case.at_end[mask]).sum())
        least = 0.2 if case.phase(mask) == "import" else 0.1
        if case.is_material(held, share=least) and not _is_passing(case, mask):
            found.append(_held(case, mask, case.cause(group), held))
        elif kept_until_exit(case, mask):
            found.append(_kept_until_exit(case, mask, case.cause(group)))
        elif built_and_held(case, mask):
            found.append(_stays(case, group, mask))
    return found


def kept_until_exit(case: Case, mask: np.ndarray) -> bool:
    """Whether what is gone at the end rose evenly until then, in pieces, by the heap's own curve."""
    held = int(case.bytes[mask].sum())
    return (
        not case.has_events
        and case.is_material(held, share=0.2)
        and _is_passing(case, mask)
        and in_pieces(case, mask)
        and is_what_rose(case, mask, held)
    )


def built_and_held(case: Case, mask: np.ndarray) -> bool:
    """Whether what is gone at the end stood until the exit: by the heap's curve, where there are no events.

    What a constructor built, if memory stayed near its peak; anything, if it also was there early.
    """
    heap = case.capture.timeline["heap_bytes"].to_numpy()
    size = int(case.bytes[mask].sum())
    if case.has_events or len(heap) < FEWEST_RECORDS or not case.is_material(size, share=HELD_SHARE):
        return False
    working = before_exit(heap)
    arrives = int(np.argmax(working >= 0.95 * working.max()))
    stood = int(heap.max()) - int(working[arrives:].min()) < 0.5 * size
    early = arrives <= STOOD_FROM * len(working)
    return _is_passing(case, mask) and stood and (early or constructed(case, mask))


def _kept_until_exit(case: Case, mask: np.ndarray, cause: str) -> Finding:
    size, blocks = int(case.bytes[mask].sum()), int(case.blocks[mask].sum())
    return build(
        case,
        mask,
        kind="unbounded-cache" if cause == "cache" else "grows",
        cause=cause,
        title=f"What {called(case.owner(mask))} adds is given back by the exit alone: {format_bytes(size)} "
        f"in {format_count(blocks)} blocks, as much as memory rose",
        base=0.6,
        advice=ADVICE.get(cause, ADVICE["cache"]),
        measure=TWICE_AS_LONG,
        figures={"behaviour": "grows"},
    )


def _is_passing(case: Case, mask: np.ndarray) -> bool:
    return int(case.at_end[mask].sum()) < 0.5 * int(case.bytes[mask].sum())


def _held(case: Case, mask: np.ndarray, cause: str, held: int) -> Finding:
    owner = case.owner(mask)
    blocks = int(case.blocks[mask].sum())
    what = f"What {called(owner)} made is held: {format_bytes(held)} in {format_count(blocks)} blocks"
    if is_what_rose(case, mask, held):
        return build(
            case,
            mask,
            kind="unbounded-cache" if cause == "cache" else "grows",
            cause=cause,
            title=f"{what}, and memory rose evenly to the end",
            base=0.6,
            advice=ADVICE.get(cause, ADVICE["cache"]),
            measure=_TWICE,
            figures={"behaviour": "grows"},
        )
    many = cause == "concurrency" and blocks >= MANY_TASKS
    return build(
        case,
        mask,
        kind="fan-out" if many else "held-throughout",
        cause=cause,
        title=f"{what}; one moment cannot tell whether it still grows",
        base=0.6 if case.rule(mask)[1] == "strong" else 0.55,
        advice=f"If it grows: {ADVICE.get(cause, ADVICE['cache'])[0].lower()}"
        f"{ADVICE.get(cause, ADVICE['cache'])[1:]} If it is constant, it is wanted or not.",
        measure="take a second snapshot later in the same run and compare the two, or record it with memray "
        "(not aggregated)",
        figures={"behaviour": "unknown"},
    )


def is_what_rose(case: Case, mask: np.ndarray, held: int) -> bool:
    """Whether memory rose evenly to the end by so much that these bytes are part of it.

    More than all else holds, or most of all that is no import, of which these are a good part.
    """
    if case.profile.origin.language == "go" or case.phase(mask) == "import" or built_once(case, mask):
        return False
    imported = int(case.bytes[case.ledger.assignment.phase == PHASES.index("import")].sum())
    work = case.total - imported
    rose = rise(case, imported)
    return rose - (work - held) >= MOST_OF_IT * held or (
        rose >= MOST_ROSE * work and held >= PART_OF_IT * work
    )


def rise(case: Case, imported: int) -> int:
    """Bytes by which the heap (or RSS, where that is all there is) rose evenly after the imports.

    Told from the median of equal stretches, so that one jump (a load, reserved address space) adds nothing.
    """
    timeline = case.capture.timeline
    heap = timeline["heap_bytes"].to_numpy()
    level = heap if (heap >= 0).any() else timeline["rss_bytes"].to_numpy()
    level = before_exit(level[level >= 0])
    level = level[np.cumsum(level >= imported) > 0]
    if len(level) < FEWEST_RECORDS or level[-1] < 0.9 * level.max():
        return 0
    marks = level[np.linspace(0, len(level) - 1, STRETCHES + 1).astype(int)]
    gains = np.diff(marks)
    even = (gains >= EVEN_RISE * np.median(gains)).mean() >= EVEN_STRETCHES
    return int(np.median(gains)) * STRETCHES if even and np.median(gains) > 0 else 0
