"""What the heap does not explain: RSS beyond it, counts that only rise, the recorder itself, blind spots."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forensics.attribute.sweep import NONE
from forensics.capture import Capture
from forensics.causes import PHASES
from forensics.diagnose.build import build
from forensics.diagnose.case import Case
from forensics.diagnose.confidence import NO_OWNER
from forensics.diagnose.finding import Finding
from forensics.replay.container import rss_gap
from forensics.text import format_bytes, format_share

#: RSS that nobody sees is a finding from this much and this share of RSS on.
GAP_BYTES = 64 << 20
GAP_SHARE = 0.3
#: … or, less surely, from this much and this share on, where it is more than the heap itself.
OPEN_GAP_BYTES = 40 << 20
OPEN_GAP_SHARE = 0.45
#: Where file-backed pages are not known, libraries are as likely: the gap is told, and left open.
FILES_OPEN = 0.45
#: A count rises where it gained this much (pools of clients keep 10 or 20 open) and hardly ever fell, …
RISE = 30
#: … by no more of its gain than this
FALL = 0.05
#: … nor came in one go, as what a pool or a burst of requests opens.
AT_ONCE = 0.55
#: … and did not stand at this share of its highest for longer than this share of its rise.
STANDS = 0.95
RESTING = 0.6
#: So many are no pool's bound.
MANY = 200
#: Where the call paths do not tell who opens them, a rise may be load as well as a leak.
NOBODY_KNOWN = 0.6
_COUNTED = {
    "threads": ("concurrency", "Threads", "join them or use a bounded pool"),
    "sockets": ("pool", "Sockets", "close connections, also on error paths"),
    "open_files": ("pool", "Open files", "close them, also on error paths"),
    "processes": ("pool/process", "Processes", "reuse or end workers"),
}


def find(case: Case) -> list[Finding]:
    """Findings from outside of the heap: unseen RSS, and counts of the side-car that only rise."""
    return [*_unseen(case), *_rising(case)]


def _nothing(case: Case) -> np.ndarray:
    return np.zeros(len(case.profile.callsites), dtype=bool)


def _unseen(case: Case) -> list[Finding]:
    gap = rss_gap(case.capture)
    if not len(gap):
        return []
    unseen = int(gap["bytes"].iloc[-1])
    rss = int(gap["bytes"].sum())
    plain = unseen >= GAP_BYTES and unseen >= GAP_SHARE * rss
    above_heap = unseen >= OPEN_GAP_BYTES and unseen >= OPEN_GAP_SHARE * rss and unseen >= case.total
    if not plain and not above_heap:
        return []
    finding = build(
        case,
        _nothing(case),
        kind="rss-unexplained",
        cause="unexplained",
        title=f"{format_bytes(unseen)} of {format_bytes(rss)} RSS ({format_share(unseen / rss)}) is not "
        f"in the heap "
        "that the profiler saw",
        base=FILES_OPEN if not _files_known(case.capture) else 0.8 if plain else 0.65,
        advice="Fragmentation, thread stacks, libraries with allocators of their own, or mapped files: "
        "the heap's "
        "call paths cannot say which.",
        measure="record with a side-car (anonymous against file pages), with native stacks, and try "
        "MALLOC_ARENA_MAX=2",
        figures={"unseen_bytes": unseen, "rss_bytes": rss},
    )
    return [finding]


def _files_known(capture: Capture) -> bool:
    """Whether a side-car told file-backed pages apart: without it, they are libraries as likely as not."""
    sidecar = capture.sidecar
    return sidecar is not None and known_counts(sidecar.samples, "file_bytes", least=1) is not None


def _rising(case: Case) -> list[Finding]:
    sidecar = case.capture.sidecar
    if sidecar is None:
        return []
    return [
        _rise(case, name, counts)
        for name in _COUNTED
        if (counts := known_counts(sidecar.samples, name)) is not None and only_rises(counts)
    ]


def known_counts(samples: pd.DataFrame, name: str, *, least: int = 8) -> np.ndarray | None:
    """The known values of a count over time; None where the side-car has fewer than ``least``."""
    if name not in samples:
        return None
    counts = samples[name].to_numpy()
    counts = counts[counts >= 0]
    return counts if len(counts) >= least else None


def only_rises(counts: np.ndarray) -> bool:
    """Whether a count gains step by step, and by far more than it ever falls, until it stands highest.

    What falls at the very end, when the process lets everything go, does not count. Fewer than ``MANY``
    that then stand for long are bounded: as many as there are peers, or as a pool may have.
    """
    counts = counts[: len(counts) - int(np.argmax(counts[::-1] >= 0.9 * counts.max()))]
    gain = int(counts.max() - counts[: max(len(counts) // 8, 1)].min())
    drop = int((np.maximum.accumulate(counts) - counts).max())
    jump = int(np.diff(counts).max(initial=0))
    if gain < MANY and _stands(counts):
        return False
    return len(counts) >= 4 and gain >= RISE and drop <= FALL * gain and jump <= AT_ONCE * gain


def _stands(counts: np.ndarray) -> bool:
    highest = counts.max()
    rising = int(((counts > 0.05 * highest) & (counts < STANDS * highest)).sum())
    return int((counts >= STANDS * highest).sum()) > RESTING * rising + 1


def _rise(case: Case, name: str, counts: np.ndarray) -> Finding:
    cause, noun, remedy = _COUNTED[name]
    mask = _as_many(case, int(counts.max() - counts.min()))
    counted = mask.any()
    if not counted:
        serving = case.ledger.assignment.phase != PHASES.index("import")
        mask = case.ledger.assignment.has_cause(cause.split("/")[0]) & (case.bytes > 0) & serving
    return build(
        case,
        mask,
        kind="grows",
        cause=cause,
        title=f"{noun} only rise: from {int(counts.min())} to {int(counts.max())} while the side-car looked",
        base=(0.8 if counted else NOBODY_KNOWN) / (1 if mask.any() else NO_OWNER),
        advice=f"Find who opens them and {remedy}.",
        measure=None
        if mask.any()
        else "record with native stacks, or list them with their creators in the process",
        figures={"count_first": int(counts[0]), "count_highest": int(counts.max()), "counted": name},
    )


def _as_many(case: Case, gain: int) -> np.ndarray:
    """The callsites of what grows by about as many blocks: one each, or one for both ends of a connection."""
    followed = case.groups.lifetimes
    for group in range(len(case.groups)) if followed is not None else ():
        if case.behaviour(group) == "grows" and case.groups.owner[group] != NONE:
            blocks = int(followed.live_blocks[-1, group])  # type: ignore[union-attr]
            if 0.9 * gain <= blocks <= 1.1 * gain or 0.9 * gain <= 2 * blocks <= 1.1 * gain:
                return case.members(group)
    return _nothing(case)


def notes(case: Case) -> list[str]:
    """What this dump does not show, in plain words."""
    return [*_health_notes(case.capture), *_format_notes(case), *_ledger_notes(case)]


def _health_notes(capture: Capture) -> list[str]:
    said = []
    if not capture.complete:
        said.append(
            f"Partial capture ({capture.health.state}): {capture.health.detail or capture.origin.missing}."
        )
    if capture.peak_rss_bytes is None:
        said.append("RSS is unknown: the dump has none and no side-car lies beside it.")
    said += [f"{note[0].upper()}{note[1:].rstrip('.')}." for note in capture.origin.notes if note]
    return said


def _format_notes(case: Case) -> list[str]:
    said = []
    if case.capture.origin.format == "tracemalloc":
        said.append(
            "tracemalloc sees Python's own allocations only: not OpenSSL, tensors, database clients or "
            "stacks."
        )
    if not case.is_followed and not case.earlier:
        said.append(f"No growth over time can be told: {case.capture.no_events_because}.")
    if case.capture.event_stream is not None and case.capture.event_stream.relative:
        said.append("The record began in mid-life: what was allocated before is not in it.")
    if case.profile.origin.sampling_rate:
        said.append(
            f"Sampled, one allocation in about {format_bytes(case.profile.origin.sampling_rate)}: estimates."
        )
    return said


def _ledger_notes(case: Case) -> list[str]:
    said = []
    unexplained = case.ledger.unexplained_share
    if unexplained >= 0.05:
        said.append(f"{format_share(unexplained)} of the bytes are explained by no rule.")
    arenas = int(case.arenas.sum())
    if case.total and arenas >= 0.1 * case.total:
        said.append(
            f"{format_bytes(arenas)} are arenas of Python's small-object allocator, charged to whoever "
            f"asked for "
            "the next one: record with --trace-python-allocators to see whose objects they hold."
        )
    profiler = int(case.bytes[case.ledger.assignment.has_cause("profiler")].sum())
    if case.total and profiler >= 0.05 * case.total:
        said.append(f"The recorder itself holds {format_bytes(profiler)}; a run without it holds less.")
    if not (case.ledger.assignment.owner != -1).any():
        said.append("No frame of the application is on any call path: the frame limit may be too low.")
    return said
