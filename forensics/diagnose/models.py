"""Models: loaded before they are needed, or loaded again and again."""

from __future__ import annotations

import numpy as np

from forensics.diagnose.build import build, called
from forensics.diagnose.built import constructed
from forensics.diagnose.case import Case
from forensics.diagnose.finding import Finding
from forensics.diagnose.loads import Loads, loads, loads_by_curve
from forensics.text import format_bytes

#: A model loaded once while serving is wanted; it is worth a word only where it is most of the heap.
WORD_SHARE = 0.2
#: So many call paths with the same count are repetition; fewer can agree by chance, since a library
#: without frames leaves all blocks of one load at a few paths.
SURE_PATHS = 5
#: What was loaded again left so much of its bytes at paths with a multiple of as many blocks.
AGREEING = 0.5
#: So many threads that each hold nearly as much as the one with most have loaded it each.
FEWEST_THREADS = 3
ALIKE = 0.8
#: Of the call paths of what was loaded again, no more than this made one block (what the first load keeps).
FEW_SINGLES = 0.4


def find(case: Case) -> list[Finding]:
    """Findings about model loads, one per line of the application that loads."""
    found = [_finding(case, case.members(group)) for group in case.of_causes("model-load")]
    return [finding for finding in found if finding is not None]


def _finding(case: Case, mask: np.ndarray) -> Finding | None:
    loads = _loads(case, mask)
    held = int(case.bytes[mask].sum())
    ever = int(case.allocated[mask].sum()) if case.allocated is not None else held
    if not case.is_material(held) and not (loads.times > 1 and case.is_material(ever // loads.times)):
        return None
    if loads.times > 1:
        return _repeated(case, mask, loads)
    if case.phase(mask) in ("import", "startup") or constructed(case, mask):
        return _eager(case, mask)
    return _wanted(case, mask) if held >= WORD_SHARE * case.total else None


def _loads(case: Case, mask: np.ndarray) -> Loads:
    """How many times the load ran; once where the dump cannot tell."""
    by_threads = _one_a_thread(case, mask)
    if by_threads is not None:
        return by_threads
    if case.capture.event_stream is not None:
        return loads(case.capture, mask)
    times = max(case.built(mask), 1)
    paths = SURE_PATHS if case.allocated is None else 2
    agree = case.paths_made(mask, times) >= paths and case.share_made(mask, times) >= AGREEING
    if not case.mapped[mask].any() and (not agree or _has_singles(case, mask)):
        return loads_by_curve(case.capture.timeline["heap_bytes"].to_numpy(), int(case.bytes[mask].sum()))
    return Loads(
        times=times,
        alive=min(times, max(case.alive(mask), 1)),
        sure=case.paths_made(mask, times) >= SURE_PATHS,
    )


def _one_a_thread(case: Case, mask: np.ndarray) -> Loads | None:
    """One load a thread, where several threads each hold about as much of it; None where they do not."""
    by_thread = case.by_thread(mask)
    count = int((by_thread >= ALIKE * by_thread.max()).sum()) if len(by_thread) else 0
    return Loads(times=count, alive=count, sure=True) if count >= FEWEST_THREADS else None


def _has_singles(case: Case, mask: np.ndarray) -> bool:
    """Whether many call paths made one block: what was loaded again made as many at each of them.

    A forest makes the arrays of each tree at the same path, so that one load looks like many.
    """
    made = case.capture.profile("allocated").own("blocks") if case.allocated is not None else case.blocks
    blocks = made[mask & (made > 0) & (case.arenas == 0)]
    return len(blocks) > 0 and bool((blocks == 1).sum() > FEW_SINGLES * len(blocks))


def _mapped_words(case: Case, mask: np.ndarray) -> str:
    mapped = int(case.mapped[mask].sum())
    held = int(case.bytes[mask].sum())
    if not mapped:
        return format_bytes(held)
    return (
        f"{format_bytes(held)}, of which {format_bytes(mapped)} are mapped from files "
        "(resident only as far as they are touched)"
    )


def _eager(case: Case, mask: np.ndarray) -> Finding:
    phase = case.phase(mask)
    owner = case.owner(mask)
    when = "while its module is imported" if phase == "import" else "at startup"
    return build(
        case,
        mask,
        kind="model-loaded-eagerly",
        cause="model-load",
        title=f"A model is loaded at {called(owner)} {when}: {_mapped_words(case, mask)}",
        base=0.9 if owner is not None else 0.8,
        advice="Load it at its first use, or in the worker that needs it. What importing its library "
        "costs is a "
        "finding of its own: a lazy load keeps it as long as the import stays at the top.",
        measure="compare RSS at startup with and without the load: mapped weights count only once touched",
        figures={"loads": 1, "phase": phase},
    )


def _repeated(case: Case, mask: np.ndarray, loads: Loads) -> Finding:
    owner = case.owner(mask)
    times = f"{loads.times} times" if loads.sure else f"about {loads.times} times"
    manner = f"{loads.alive} of them alive at once" if loads.alive > 1 else "one after another"
    return build(
        case,
        mask,
        kind="model-loaded-repeatedly",
        cause="model-load",
        title=f"The same model is loaded {times} at {called(owner)}, {manner}: {_mapped_words(case, mask)}",
        base=0.85 if loads.sure else 0.6,
        advice="Load it once per process and share it; keep what differs per tenant or request outside of "
        "the model.",
        figures={"loads": loads.times, "alive": loads.alive, "phase": case.phase(mask)},
    )


def _wanted(case: Case, mask: np.ndarray) -> Finding:
    owner = case.owner(mask)
    return build(
        case,
        mask,
        kind="held-throughout",
        cause="model-load",
        title=f"A model, {_when(case, mask)} at {called(owner)}, holds {_mapped_words(case, mask)}",
        base=0.7,
        advice="It is used, and loaded once. A smaller or quantised model would be the way to less.",
        figures={"loads": 1, "phase": case.phase(mask)},
    )


def _when(case: Case, mask: np.ndarray) -> str:
    return "loaded" if case.phase(mask) == "unknown" else "loaded once, when it was needed,"
