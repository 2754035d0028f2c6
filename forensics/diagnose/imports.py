"""Imports: what each distribution costs, and whether anything of it is ever used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forensics.attribute.sweep import NONE, first_below, innermost
from forensics.diagnose.build import build, called
from forensics.diagnose.case import Case
from forensics.diagnose.distributions import FRAMELESS, distribution_of, requirement_line
from forensics.diagnose.finding import Finding
from forensics.text import format_bytes

#: An import is heavy from this much on.
HEAVY_SHARE = 0.08
HEAVY_BYTES = 2 << 20
#: A snapshot that shows what still lives tells use where the application's work left this many call paths: a
#: library that runs nearly always leaves something there.
ENOUGH_WORK = 20
#: How sure disuse is: told by all that was ever allocated, or by what still lives.
UNUSED, NOTHING_LEFT = 0.85, 0.6


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A distribution, and the callsites that importing it brought."""

    distribution: str
    mask: np.ndarray


def find(case: Case) -> list[Finding]:
    """Findings about heavy imports, one per distribution that the application imports."""
    used = _used_distributions(case)
    heavy = [each for each in imported(case) if _is_heavy(case, each.mask)]
    return [_finding(case, each, each.distribution in used) for each in heavy]


def _is_heavy(case: Case, mask: np.ndarray) -> bool:
    return case.is_material(int(case.bytes[mask].sum()), share=HEAVY_SHARE, least=HEAVY_BYTES)


def imported(case: Case) -> list[Imported]:
    """What was imported, by the distribution that the application's own import line asks for.

    What a distribution imports in turn counts to it; its own later imports too.
    """
    assignment = case.ledger.assignment
    entries = first_below(case.profile.callsites, *_marks(case))
    codes, names = pd.factorize(_distribution_of_frames(case))
    frame_of = case.profile.callsites["frame_id"].to_numpy()
    of_callsite = np.where(entries != NONE, codes[frame_of[entries]], NONE)
    is_import = assignment.has_cause("import")
    return [
        Imported(distribution=str(name), mask=is_import & (of_callsite == code))
        for code, name in enumerate(names)
        if name
    ]


def _marks(case: Case) -> tuple[np.ndarray, np.ndarray]:
    frame_of = case.profile.callsites["frame_id"].to_numpy()
    places = case.ledger.assignment.places
    return places.library[frame_of], places.own[frame_of]


def _distribution_of_frames(case: Case) -> np.ndarray:
    """Object str per frame: the distribution of library code, '' for the rest."""
    places = case.ledger.assignment.places
    codes, modules = pd.factorize(np.where(places.library, places.module, "").astype(object))
    names = [distribution_of(str(module)) if module else "" for module in modules]
    return np.array(names, dtype=object)[codes]


def _used_distributions(case: Case) -> set[str]:
    """Distributions that the application called: a frame of theirs below own code, no import between them."""
    frame_of = case.profile.callsites["frame_id"].to_numpy()
    ever = case.allocated if case.allocated is not None else case.bytes
    ran = np.zeros(len(frame_of), dtype=bool)
    ran[_with_ancestors(case, np.flatnonzero(ever > 0))] = True
    ran &= ~_below_import(case) & _below_own(case)
    return set(_distribution_of_frames(case)[frame_of[ran]]) - {""}


def _below_own(case: Case) -> np.ndarray:
    """A bool per callsite: a frame of the application is on its path."""
    own = case.ledger.assignment.places.own[case.profile.callsites["frame_id"].to_numpy()]
    return innermost(case.profile.callsites, own) != NONE


def _with_ancestors(case: Case, sites: np.ndarray) -> np.ndarray:
    parents = case.profile.callsites["parent_id"].to_numpy()
    seen = np.zeros(len(parents), dtype=bool)
    while len(sites):
        seen[sites] = True
        sites = np.unique(parents[sites])
        sites = sites[(sites != NONE) & ~seen[sites]]
    return np.flatnonzero(seen)


def _below_import(case: Case) -> np.ndarray:
    """A bool per callsite: import machinery is on its path after the last frame of the application."""
    frame_of = case.profile.callsites["frame_id"].to_numpy()
    machinery = (
        pd.Series(case.ledger.assignment.places.module).str.startswith("importlib._bootstrap").to_numpy()
    )
    below = machinery[frame_of].astype(bool)
    own = case.ledger.assignment.places.own[frame_of]
    return first_below(case.profile.callsites, below, own) != NONE


def _finding(case: Case, each: Imported, is_used: bool) -> Finding:
    owner = case.owner(each.mask)
    size = format_bytes(int(case.bytes[each.mask].sum()))
    name = each.distribution
    listed = requirement_line(case.repo, name) if case.repo is not None else None
    figures = {"distribution": name, "listed_in": listed, "version": _version(case, name)}
    # A snapshot's stacks are cut: where they do not reach the application, nor do those of its use.
    shown = case.allocated is not None or (owner is not None and _shows_work(case))
    can_tell = name not in FRAMELESS and shown
    if can_tell and not is_used:
        tail = f", still listed in {listed}" if listed else ""
        ever = case.allocated is not None
        used = "and nothing of it is used afterwards" if ever else "and nothing that it made since is alive"
        return build(
            case,
            each.mask,
            kind="import-unused",
            cause="import",
            title=f"Importing {name} at {called(owner)} holds {size} {used}{tail}",
            base=UNUSED if ever else NOTHING_LEFT,
            advice=f"Remove the import of {name}, or move it into the function that needs it"
            + (f", and take it out of {listed}" if listed else "")
            + ".",
            measure="record a run that exercises every route: unused here is unused in this run"
            if ever
            else "record a run of every route with memray, which shows what was allocated and is gone",
            figures=figures,
        )
    return build(
        case,
        each.mask,
        kind="import-heavy",
        cause="import",
        title=f"Importing {name} at {called(owner)} holds {size}",
        base=0.85,
        advice=f"Import {name} where it is used first; a process that never gets there does not pay for it.",
        measure=None
        if can_tell
        else f"record with memray to see whether anything of {name} runs after its import",
        figures=figures,
    )


def _shows_work(case: Case) -> bool:
    """Whether a snapshot of what lives holds enough of the application's work, beside its imports."""
    work = _below_own(case) & ~_below_import(case) & (case.bytes > 0)
    return case.capture.moments == ("live",) and int(work.sum()) >= ENOUGH_WORK


def _version(case: Case, name: str) -> str | None:
    packages = case.capture.sidecar.packages if case.capture.sidecar else {}
    version = packages.get(name)
    return version if isinstance(version, str) else None
