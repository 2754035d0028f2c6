"""What the heap over time says of one group, where there are no events: it rose, stood or was let go."""

from __future__ import annotations

import numpy as np

from forensics.attribute.assign import LARGE_BLOCK
from forensics.causes import PHASES
from forensics.curves import SPREAD, arrives, before_exit
from forensics.diagnose.built import built_once, constructed
from forensics.diagnose.case import Case
from forensics.lifetimes import FEWEST_RECORDS

#: Without events, a group is held to the end where it is this share of the heap.
HELD_SHARE = 0.2
#: It comes call by call in so many pieces of this size.
PIECES = 32
PIECE_BYTES = 1 << 9
#: … or is so many objects that the application itself made; a library makes as many of one document.
MANY_OBJECTS = 1_000
#: The exit takes no more than the rest of the record from here on.
LONGEST_EXIT, FEW_RECORDS = 0.95, 3
#: What was there from this share of the record on, until the exit, was held and no batch.
STOOD_FROM = 0.8
#: Without events, growth is told from a timeline in so many stretches; it rises from this share of its
#: gain on, and evenly where this share of them gains this share of their median …
STRETCHES = 8
BEGINS = 0.1
EVEN_RISE = 0.25
EVEN_STRETCHES = 0.7
#: … and what a function holds is part of it where this share has to have come in that rise, …
MOST_OF_IT = 0.3
#: … or where the rise is this share of all that is no import, and the function holds this part of that.
MOST_ROSE = 0.6
PART_OF_IT = 0.2


def is_what_rose(case: Case, mask: np.ndarray, held: int) -> bool:
    """Whether memory rose evenly to the end by so much that these bytes are part of it.

    More than all else holds, or most of all that is no import, of which these are a good part.
    """
    if case.profile.origin.language == "go" or case.phase(mask) == "import" or built_once(case, mask):
        return False
    imported, work = _imported_and_work(case)
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
    level = _working(level[level >= 0])
    level = level[np.cumsum(level >= imported) > 0]
    if len(level) < FEWEST_RECORDS or level[-1] < 0.9 * level.max():
        return 0
    level = _rising(level)
    marks = level[np.linspace(0, len(level) - 1, STRETCHES + 1).astype(int)]
    gains = np.diff(marks)
    rises = gains >= EVEN_RISE * np.median(gains)
    # What gained nothing in its last stretches has come to rest.
    even = rises.mean() >= EVEN_STRETCHES and rises[-2:].any()
    return int(np.median(gains)) * STRETCHES if even and np.median(gains) > 0 else 0


def _working(level: np.ndarray) -> np.ndarray:
    """A curve of memory without the time after everything was let go, which is short."""
    if not len(level):
        return level
    stands = np.flatnonzero(level >= 0.9 * level.max())
    falls = len(level) - 1 - stands[-1] <= max((1 - LONGEST_EXIT) * len(level), FEW_RECORDS)
    return level[: stands[-1] + 1] if falls else before_exit(level)


def _rising(level: np.ndarray) -> np.ndarray:
    """A curve of memory from where it begins to rise, where that is for a good part of it."""
    low = level <= level[0] + BEGINS * (level.max() - level[0])
    begun = int(np.flatnonzero(low)[-1])
    return level[begun:] if len(level) - begun >= SPREAD * len(level) else level


def kept_until_exit(case: Case, mask: np.ndarray) -> bool:
    """Whether what is gone at the end rose evenly until then, in pieces, by the heap's own curve."""
    return _came_until_exit(case, mask) and is_what_rose(case, mask, int(case.bytes[mask].sum()))


def may_be_kept(case: Case, mask: np.ndarray) -> bool:
    """Whether what is gone at the end may have risen until then: it came in pieces, and most of all rose."""
    imported, work = _imported_and_work(case)
    return _came_until_exit(case, mask) and rise(case, imported) >= MOST_ROSE * work


def _came_until_exit(case: Case, mask: np.ndarray) -> bool:
    in_many = in_pieces(case, mask) or _of_own_objects(case, mask)
    return not case.is_followed and is_passing(case, mask) and in_many


def _imported_and_work(case: Case) -> tuple[int, int]:
    """Bytes that importing holds, and all others."""
    imported = int(case.bytes[case.ledger.assignment.phase == PHASES.index("import")].sum())
    return imported, case.total - imported


def _of_own_objects(case: Case, mask: np.ndarray) -> bool:
    """Whether most of it is many objects that the application itself made, and no few large blocks."""
    small = mask & (case.bytes < LARGE_BLOCK * case.blocks)
    mostly = case.bytes[small].sum() > 0.5 * case.bytes[mask].sum()
    by_itself = case.rule(mask)[0].startswith("own-objects")
    return bool(by_itself and mostly and case.blocks[small].sum() >= MANY_OBJECTS)


def built_and_held(case: Case, mask: np.ndarray) -> bool:
    """Whether what is gone at the end stood until the exit: by the heap's curve, where there are no events.

    What a constructor built, if memory stayed near its peak; anything, if it also was there early.
    """
    heap = case.capture.timeline["heap_bytes"].to_numpy()
    size = int(case.bytes[mask].sum())
    if case.is_followed or len(heap) < FEWEST_RECORDS or not case.is_material(size, share=0.1):
        return False
    working = _working(heap)
    arrived = arrives(working)
    stood = int(heap.max()) - int(working[arrived:].min()) < 0.5 * size
    early = arrived <= STOOD_FROM * len(working)
    return is_passing(case, mask) and stood and (early or constructed(case, mask))


def in_pieces(case: Case, mask: np.ndarray) -> bool:
    """Whether these are many blocks of the size of a text or a picture: one at each call."""
    own = case.bytes[mask] - case.arenas[mask]
    site = int(own.argmax())
    blocks = int(case.blocks[mask][site])
    most = own[site] > 0.5 * case.bytes[mask].sum()
    return bool(most and blocks >= PIECES and own[site] >= PIECE_BYTES * blocks)


def is_passing(case: Case, mask: np.ndarray) -> bool:
    return int(case.at_end[mask].sum()) < 0.5 * int(case.bytes[mask].sum())
