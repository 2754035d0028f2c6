"""What makes the peak and is given back: one payload, one batch, many things at once."""

from __future__ import annotations

import numpy as np

from forensics.curves import before_exit, stands
from forensics.diagnose.advice import TWICE_AS_LONG
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.diagnose.growth import adds_up, rose_late
from forensics.diagnose.held import let_go_late
from forensics.diagnose.rise import built_and_held, kept_until_exit, may_be_kept
from forensics.text import format_bytes, format_count, format_share

#: A passing group sets the peak from this share of it on.
PEAK_SHARE = 0.1
#: So many similar blocks at once are a fan-out worth counting.
SIMILAR = 8
SIMILAR_BYTES = 64 << 10

#: Without a frame of the application a library's own buffers are as likely as a payload.
OWNERLESS = 0.55


def find(case: Case) -> list[Finding]:
    """Findings about memory that is there at the peak and gone at the end, one per owner and cause."""
    if "peak" not in case.capture.moments or "end" not in case.capture.moments:
        return []
    found = []
    for group in case.of_content("payload", "data", "cache", "concurrency", "unexplained"):
        mask = case.members(group)
        if _passes(case, group, mask) and case.is_material(int(case.bytes[mask].sum()), share=PEAK_SHARE):
            found.append(_finding(case, group, mask))
    return found


def _passes(case: Case, group: int, mask: np.ndarray) -> bool:
    behaviour = case.behaviour(group)
    if kept_until_exit(case, mask) or may_be_kept(case, mask) or built_and_held(case, mask):
        return False
    if case.is_followed and (behaviour in ("grows", "fills") or _let_go(case, group, mask)):
        return False
    return int(case.at_end[mask].sum()) < 0.5 * int(case.bytes[mask].sum())


def _let_go(case: Case, group: int, mask: np.ndarray) -> bool:
    """Whether it was kept until the exit, and not gathered for a last step."""
    if let_go_late(case, group, mask) or rose_late(case, group, mask):
        return True
    if case.behaviour(group) == "rises":
        return adds_up(case, group, mask)
    return case.behaviour(group) != "passes" and case.groups.let_go_at_exit(group)


def _finding(case: Case, group: int, mask: np.ndarray) -> Finding:
    cause = case.content(group)
    owner = case.owner(mask)
    size = int(case.bytes[mask].sum())
    count, mean = _similar(case, mask)
    many = f", {count} similar blocks of about {format_bytes(mean)} alive at once" if count >= SIMILAR else ""
    return build(
        case,
        mask,
        kind="fan-out" if cause == "concurrency" else "payload-sets-peak",
        cause=cause,
        title=f"{_NOUNS.get(cause, 'Memory')} {_made_by(case, mask)} makes {format_share(size / case.total)} "
        f"of the peak "
        f"and is given back: {format_bytes(size)} in {format_count(int(case.blocks[mask].sum()))} "
        f"blocks{many}",
        base=_base(case, group) if owner is not None else OWNERLESS,
        advice="Work on it piece by piece (stream, smaller batches, fewer at once), or free the first "
        "copy before "
        "the next is made.",
        measure=TWICE_AS_LONG if case.behaviour(group) == "rises" else None,
        figures={"similar_blocks": count, "mean_block_bytes": mean},
        rival=case.rival(group, cause),
    )


def _base(case: Case, group: int) -> float:
    """Less sure where it rose evenly until the exit, or stood from its arrival on: it may have been held."""
    if not case.is_followed or case.behaviour(group) == "rises":
        return 0.7
    followed = case.lifetimes
    return 0.7 if stands(before_exit(followed.live_bytes[:, group])) else 0.8


def _made_by(case: Case, mask: np.ndarray) -> str:
    """Who made it, as words: the application's function, else the library whose frames hold most."""
    owner = case.owner(mask)
    if owner is not None:
        return f"at {called(owner)}"
    library = case.library(mask)
    return f"by {library}, under no line of yours," if library else f"at {called(None)}"


_NOUNS = {
    "payload": "A payload",
    "data": "A batch of data",
    "cache": "What is kept for a while",
    "concurrency": "Work in flight",
}


def _similar(case: Case, mask: np.ndarray) -> tuple[int, int]:
    """Blocks and mean size of the call path with most bytes, where its blocks are large."""
    site = int(np.flatnonzero(mask)[case.bytes[mask].argmax()])
    blocks = int(case.blocks[site])
    mean = int(case.bytes[site]) // max(blocks, 1)
    return (blocks, mean) if mean >= SIMILAR_BYTES else (0, mean)
