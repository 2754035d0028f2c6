"""Pools, clients and contexts: built once and shared, or one per call."""

from __future__ import annotations

import numpy as np

from forensics.attribute.sweep import NONE
from forensics.causes import PHASES
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.confidence import arena_share
from forensics.diagnose.finding import Finding
from forensics.diagnose.growth import JOBS
from forensics.diagnose.rise import is_what_rose
from forensics.text import format_bytes

#: What one context with a CA bundle holds in OpenSSL's heap (measured: 0.7 MB).
TLS_CONTEXT_BYTES = 700_000
#: So many of one kind are no accident.
MANY = 3
#: One client leaves at least this share of its bytes in single blocks.
OF_ONE = 0.05
#: From this share of the heap on, clients are worth a word even where nothing tells how many they are.
HELD = 0.2
_NAMES = {
    "pool/http": "An HTTP client with its connections",
    "pool/db": "A database engine or connection",
    "pool/thread": "A thread pool",
    "pool/process": "A process pool",
    "pool": "A connection or worker",
    "tls": "A TLS context",
}


def find(case: Case) -> list[Finding]:
    """Findings about pools, clients and TLS contexts, one per owner and cause."""
    found = [
        _finding(case, group) for group in case.of_causes("pool", "tls") if not case.is_within_client(group)
    ]
    return [finding for finding in found if finding is not None]


def _finding(case: Case, group: int) -> Finding | None:
    mask = case.members(group)
    serving = mask & (case.ledger.assignment.phase != PHASES.index("import")) & (case.rule_names != JOBS)
    if not serving.any() or not case.is_material(int(case.bytes[serving].sum()), share=0.03):
        return None
    built, alive = case.built(serving), case.alive(serving)
    if built < MANY:
        fewest = case.at_least(serving)
        told = built if _of_single_blocks(case, serving) else 0
        built = alive = fewest if fewest >= MANY else told
    if _is_tls(case, serving):
        contexts = round(int(case.bytes[serving].sum()) / TLS_CONTEXT_BYTES)
        built = built if built >= MANY else contexts
        alive = max(alive, min(built, contexts))
    if alive < MANY and arena_share(case, serving) > 0.5:
        return None  # so few do not hold the arenas that they asked for
    if built >= MANY:
        with_them = serving | _held_by_them(case, serving, alive or built)
        return _per_call(case, group, with_them, built, min(built, alive))
    if not built and case.behaviour(group) == "grows":
        return _unnumbered(case, group, serving, base=0.8)
    size = int(case.bytes[serving].sum())
    if built:
        return None
    if not case.is_followed and is_what_rose(case, serving, size):
        return _unnumbered(case, group, serving, base=0.6)
    return _held(case, group, serving) if case.is_material(size, share=HELD) else None


def _of_single_blocks(case: Case, mask: np.ndarray) -> bool:
    """Whether call paths with one block hold enough of it to tell that there is one: many are folded away."""
    single = mask & (case.blocks == 1)
    return bool(case.bytes[single].sum() >= OF_ONE * case.bytes[mask].sum())


def _held(case: Case, group: int, mask: np.ndarray) -> Finding:
    """What connections and clients hold where nothing tells how many there are."""
    cause = case.cause(group)
    return build(
        case,
        mask,
        kind="held-throughout",
        cause=cause,
        title=f"{_NAMES[cause]} at {called(case.owner(mask))} holds "
        f"{format_bytes(int(case.bytes[mask].sum()))}; how many there are is not told",
        base=0.6,
        advice="One that is built at startup and shared costs this once; one per call costs it each time.",
        measure="count them, or open sockets and files, over time: record with a side-car",
        figures={"behaviour": case.behaviour(group)},
    )


def _is_tls(case: Case, mask: np.ndarray) -> bool:
    """Whether most of these bytes are TLS contexts: far more blocks than there are contexts.

    The innermost Python frame of the heaviest call path tells; below it may lie those of OpenSSL.
    """
    site = int(np.flatnonzero(mask)[case.bytes[mask].argmax()])
    leaf = int(case.ledger.assignment.leaf[site])
    return leaf != NONE and "/ssl.py" in case.path(leaf)[-1]


def _held_by_them(case: Case, mask: np.ndarray, count: int) -> np.ndarray:
    """What the same function of the application made once per client: it lives and dies with it."""
    assignment = case.ledger.assignment
    keys = case.owner_keys
    same = np.isin(keys, np.unique(keys[mask & (assignment.owner != NONE)])) & (assignment.owner != NONE)
    own = np.char.startswith(case.rule_names.astype(str), "own-objects")
    return same & own & (np.abs(case.blocks - count) <= 0.05 * count)


def _per_call(case: Case, group: int, mask: np.ndarray, built: int, alive: int) -> Finding:
    cause = case.cause(group)
    owner = case.owner(mask)
    each = int(case.bytes[mask].sum()) // max(alive, 1)
    there = f"{alive} alive at once, {format_bytes(each)} each" if alive else format_bytes(each)
    behaviour = case.behaviour(group)
    fate = {"grows": "and never given back", "passes": "and given back late"}.get(behaviour, "")
    return build(
        case,
        mask,
        kind="created-per-call",
        cause=cause,
        title=f"{_NAMES[cause]} is built at each call of {called(owner)} {fate}".rstrip()
        + f": about {built} in all, {there}",
        base=0.85,
        advice="Build one at startup and share it between calls; close what has to be per call, also on "
        "error paths.",
        measure="count sockets and threads from outside: record with a side-car",
        figures={"built": built, "alive": alive, "bytes_each": each, "behaviour": behaviour},
    )


def _unnumbered(case: Case, group: int, mask: np.ndarray, *, base: float) -> Finding:
    cause = case.cause(group)
    return build(
        case,
        mask,
        kind="created-per-call",
        cause=cause,
        title=f"{_NAMES[cause]} is built again and again at {called(case.owner(mask))} and never given back: "
        f"{format_bytes(int(case.bytes[mask].sum()))}",
        base=base,
        advice="Build one at startup and share it between calls; close what has to be per call, also on "
        "error paths.",
        measure="count open files and sockets from outside: record with a side-car",
        figures={"behaviour": "grows"},
    )
