"""What every family of findings looks at: one capture, its ledger and its groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from forensics.attribute import (
    CAUSE_NAMES,
    Ledger,
    arena_bytes,
    attribute_capture,
    mapped_bytes,
    reserved_bytes,
)
from forensics.attribute.kept import Groups, frame_keys, groups, owner_keys
from forensics.attribute.ruleset import Rule
from forensics.attribute.sweep import NONE
from forensics.capture import Capture
from forensics.causes import PHASES
from forensics.diagnose.finding import LONGEST_FRAME, Evidence, Owner
from forensics.lifetimes import Lifetimes
from forensics.profile import Profile, path_of
from forensics.text import visible

#: A finding has to be about this much, and about this share of the heap.
LEAST_BYTES = 512 << 10
LEAST_SHARE = 0.05
#: A curve shows a group where it rises to this share of its bytes at the peak.
SEEN = 0.5
#: So much of what a library holds has to be what it takes to build a client or connection.
BUILT_SHARE = 0.2
#: Frames shown of one call path; the middle of a longer one is left out.
LONGEST_PATH = 60
#: Cause, function and file of the owner, and the line where the function is not known.
Holder = tuple[str, str, str, int]


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """One capture under investigation, at its preferred moment."""

    capture: Capture
    ledger: Ledger
    groups: Groups
    repo: Path | None = None
    #: Earlier snapshots of the same run, in time order.
    earlier: tuple[Case, ...] = ()

    @property
    def profile(self) -> Profile:
        return self.ledger.profile

    @cached_property
    def total(self) -> int:
        """What findings are held against: all bytes of the moment but reserved address space."""
        return int(self.bytes.sum())

    @property
    def is_followed(self) -> bool:
        """Whether it is known how memory came and went, by events or by what was kept of them."""
        return self.capture.is_followed

    @property
    def lifetimes(self) -> Lifetimes:
        """How its groups came and went. Only of a capture that is followed."""
        return cast("Lifetimes", self.groups.lifetimes)

    @cached_property
    def bytes(self) -> np.ndarray:
        """int64 per callsite at the moment of the ledger, without address space that is only reserved."""
        return self.profile.own() - self._per_callsite(reserved_bytes(self.profile))

    @cached_property
    def blocks(self) -> np.ndarray:
        return self.profile.own("blocks")

    @cached_property
    def arenas(self) -> np.ndarray:
        """int64 per callsite: how many of its bytes are arenas."""
        return self._per_callsite(arena_bytes(self.profile))

    @cached_property
    def arena_blocks(self) -> np.ndarray:
        """int64 per callsite: how many arenas it asked for."""
        rows = self.profile.allocations
        return self._per_callsite(np.where(arena_bytes(self.profile) > 0, rows["blocks"].to_numpy(), 0))

    @cached_property
    def mapped(self) -> np.ndarray:
        """int64 per callsite: how many of its bytes are file mappings."""
        return self._per_callsite(mapped_bytes(self.profile))

    @cached_property
    def at_end(self) -> np.ndarray:
        """int64 per callsite at the end of the record; at the moment itself where there is no other."""
        return own_like(self.capture, "end", self.profile, self.bytes)

    @cached_property
    def allocated(self) -> np.ndarray | None:
        """int64 per callsite: bytes ever allocated; None where the dump does not say."""
        nothing = np.zeros(0, dtype=np.int64)
        found = own_like(self.capture, "allocated", self.profile, nothing)
        return found if len(found) or not len(self.bytes) else None

    @cached_property
    def owner_keys(self) -> np.ndarray:
        """int64 per callsite: equal where the owner is the same function; 0 without an owner."""
        return owner_keys(self.profile, self.ledger.assignment)

    @cached_property
    def frame_keys(self) -> np.ndarray:
        """int64 per frame: the key that callsites owned by it have in ``owner_keys``."""
        return frame_keys(self.profile)

    @cached_property
    def rule_names(self) -> np.ndarray:
        """Object str per callsite: the rule that decided, '' none."""
        assignment = self.ledger.assignment
        return np.array([*(rule.id for rule in assignment.rules), ""], dtype=object)[assignment.rule]

    @cached_property
    def by_strong_rule(self) -> np.ndarray:
        """A bool per callsite: a strong rule decided."""
        assignment = self.ledger.assignment
        return np.array([*(rule.tier == "strong" for rule in assignment.rules), False])[assignment.rule]

    def built(self, mask: np.ndarray) -> int:
        """How often what these callsites make was made, over the whole run where the dump says so."""
        if self.allocated is None:
            return self.alive(mask)
        return _made(self.capture.profile("allocated"), mask)

    def paths_made(self, mask: np.ndarray, times: int) -> int:
        """At how many of these call paths exactly so many blocks were made, over the run where known."""
        profile = self.capture.profile("allocated") if self.allocated is not None else self.profile
        return int((profile.own("blocks")[mask] == times).sum())

    def share_made(self, mask: np.ndarray, times: int) -> float:
        """Of the bytes of these call paths, those at paths where a multiple of so many blocks was made."""
        profile = self.capture.profile("allocated") if self.allocated is not None else self.profile
        size, blocks = profile.own()[mask], profile.own("blocks")[mask]
        return float(size[blocks % times == 0].sum() / max(int(size.sum()), 1))

    def alive(self, mask: np.ndarray) -> int:
        """How many of what these callsites make are there at the moment."""
        return _made(self.profile, mask)

    def by_thread(self, mask: np.ndarray) -> pd.Series:
        """Bytes of these callsites at the moment, int64 by thread."""
        rows = self.profile.allocations
        return rows[mask[rows["callsite_id"].to_numpy()]].groupby("thread", observed=True)["bytes"].sum()

    def heaviest_by_thread(self, mask: np.ndarray) -> pd.DataFrame:
        """What each thread holds at the heaviest of these call paths: int64 bytes and blocks by thread."""
        site = int(np.flatnonzero(mask)[self.bytes[mask].argmax()])
        rows = self.profile.allocations
        rows = rows[(rows["callsite_id"].to_numpy() == site) & (rows["bytes"].to_numpy() > 0)]
        return rows.groupby("thread", observed=True)[["bytes", "blocks"]].sum()

    def at_least(self, mask: np.ndarray) -> int:
        """At least how many of what these callsites make are there, told by nearly all of them; 0 unknown."""
        return lowest_count(self.blocks[mask & (self.bytes > self.arenas)])

    def _per_callsite(self, values: np.ndarray) -> np.ndarray:
        sums = np.zeros(len(self.profile.callsites), dtype=np.int64)
        np.add.at(sums, self.profile.allocations["callsite_id"].to_numpy(), values)
        return sums

    # Groups

    @cached_property
    def held_by(self) -> dict[Holder, tuple[int, int]]:
        """Bytes and blocks of each group, under a name that other snapshots of the run share."""
        held: dict[Holder, tuple[int, int]] = {}
        for group in range(len(self.groups)):
            mask, holder = self.members(group), self.holder(group)
            size, blocks = held.get(holder, (0, 0))
            held[holder] = size + int(self.bytes[mask].sum()), blocks + int(self.blocks[mask].sum())
        return held

    def holder(self, group: int) -> Holder:
        """Cause and owner of a group by name."""
        site = int(self.groups.owner[group])
        if site == NONE:
            return self.cause(group), "", "", 0
        frame = self.profile.frames.iloc[int(self.profile.callsites["frame_id"].iloc[site])]
        function = str(frame["function"])
        named = function not in ("", "<unknown>", "<module>")
        return self.cause(group), function, str(frame["file"]), 0 if named else int(frame["line"])

    def members(self, group: int) -> np.ndarray:
        """A bool per callsite: it belongs to this group."""
        return self.groups.of == group

    def cause(self, group: int) -> str:
        return CAUSE_NAMES[self.groups.cause[group]]

    def of_causes(self, *causes: str) -> list[int]:
        """The groups of these causes (a first level takes in its second levels), largest first."""
        return [
            group
            for group in range(len(self.groups))
            if self.cause(group) in causes or self.cause(group).split("/")[0] in causes
        ]

    def behaviour(self, group: int) -> str:
        """What a group does over the work; it passes where its peak was there within one step only."""
        return self._behaviours[group]

    @cached_property
    def _behaviours(self) -> list[str]:
        followed, of = self.groups.lifetimes, self.groups.of
        at_peak = np.bincount(of[of >= 0], weights=self.bytes[of >= 0], minlength=len(self.groups))
        return [
            "unknown"
            if followed is None
            else self.groups.behaviour(group)
            if followed.highest_bytes[group] >= SEEN * at_peak[group]
            else "passes"
            for group in range(len(self.groups))
        ]

    def is_within_client(self, group: int) -> bool:
        """Whether a group came through a client or connection and is none: statements, messages, pages.

        What it takes to build one is told by strong rules; that something is of such a library, by weak ones.
        What only the name of a function says hands out connections, and does not grow, is no pool either.
        """
        by_name = self.cause(group) == "pool" and self.behaviour(group) == "stays"
        if self.cause(group) not in ("pool/db", "pool/http") and not by_name:
            return False
        mask = self.members(group)
        built = int(self.bytes[mask & self.by_strong_rule].sum())
        return built < BUILT_SHARE * int(self.bytes[mask].sum())

    def content(self, group: int) -> str:
        """The cause of what a group holds: pages, rows and messages are data, whoever they came through."""
        return "data" if self.is_within_client(group) else self.cause(group)

    def rival(self, group: int, cause: str) -> str | None:
        """What the ledger calls a group of which a finding says something else."""
        return self.cause(group) if self.cause(group) != cause else None

    def of_content(self, *causes: str) -> list[int]:
        """The groups of these causes, and those that came through a client and are none."""
        through = [group for group in self.of_causes("pool") if self.is_within_client(group)]
        return sorted({*self.of_causes(*causes), *through})

    def phase(self, mask: np.ndarray) -> str:
        """The phase in which most bytes of these callsites were allocated."""
        weights = np.bincount(
            self.ledger.assignment.phase[mask], weights=self.bytes[mask], minlength=len(PHASES)
        )
        return PHASES[int(weights.argmax())]

    def is_material(self, size: int, *, share: float = LEAST_SHARE, least: int = LEAST_BYTES) -> bool:
        """Whether this many bytes are worth a finding."""
        return size >= least and size >= share * self.total

    # Words

    def owner(self, mask: np.ndarray) -> Owner | None:
        """The own frame that owns most bytes of these callsites."""
        owners = self.ledger.assignment.owner[mask]
        weights = self.bytes[mask] + (self.at_end[mask] if len(self.at_end) == len(mask) else 0)
        known = owners != NONE
        if not known.any():
            return None
        frame_of = self.profile.callsites["frame_id"].to_numpy()
        frames, codes = np.unique(frame_of[owners[known]], return_inverse=True)
        heaviest = frames[int(np.bincount(codes, weights=weights[known]).argmax())]
        frame = self.profile.frames.iloc[int(heaviest)]
        return Owner(function=str(frame["function"]), file=str(frame["file"]), line=int(frame["line"]))

    def library(self, mask: np.ndarray) -> str:
        """The top module of the innermost library frame of the heaviest of these call paths, '' none."""
        places = self.ledger.assignment.places
        site = int(np.flatnonzero(mask)[self.bytes[mask].argmax()]) if mask.any() else NONE
        frames = (
            self.profile.callsites["frame_id"].to_numpy()[path_of(self.profile, site)] if mask.any() else ()
        )
        modules = [str(places.module[frame]) for frame in frames if places.library[frame]]
        return modules[-1].split(".", 1)[0] if modules else ""

    def evidence(self, mask: np.ndarray, *, count: int = 3) -> tuple[Evidence, ...]:
        """The largest call paths among these callsites."""
        sites = np.flatnonzero(mask)
        order = sites[np.argsort(-self.bytes[sites], kind="stable")][:count]
        return tuple(
            Evidence(
                callsite_id=int(site),
                callsite=self.path(int(site)),
                bytes=int(self.bytes[site]),
                blocks=int(self.blocks[site]),
            )
            for site in order
            if self.bytes[site] or self.blocks[site]
        )

    def path(self, site: int) -> tuple[str, ...]:
        """The frames of a call path as text, outermost first."""
        return path_text(self.profile, site)

    def rule(self, mask: np.ndarray) -> tuple[str, str, str]:
        """Rule, its tier and the cause of the runner-up, of most bytes of these callsites."""
        rows = np.flatnonzero(mask)
        assignment = self.ledger.assignment
        numbers = assignment.rule[rows]
        weights = pd.Series(self.bytes[rows] + 1).groupby(numbers).sum()
        number = int(weights.idxmax()) if len(weights) else NONE
        if number == NONE:
            return "", "none", ""
        seconds = assignment.runner_up[rows[numbers == number]]
        second = int(pd.Series(seconds).mode().iloc[0])
        rule = assignment.rules[number]
        return rule.id, rule.tier, assignment.rules[second].cause if second != NONE else ""


def own_like(capture: Capture, moment: str, profile: Profile, otherwise: np.ndarray) -> np.ndarray:
    """Own bytes at another moment, by the callsites of this profile; ``otherwise`` where they differ.

    The moments of a memray capture share their callsites; other formats number each moment's anew.
    """
    if moment not in capture.moments:
        return otherwise
    other = capture.profile(moment)
    same = len(other.callsites) == len(profile.callsites) and bool(
        (other.callsites["parent_id"].to_numpy() == profile.callsites["parent_id"].to_numpy()).all()
    )
    if not same:
        return otherwise
    held = other.own()
    np.subtract.at(held, other.allocations["callsite_id"].to_numpy(), reserved_bytes(other))
    return held


def path_text(profile: Profile, site: int) -> tuple[str, ...]:
    """The frames of a call path as text, outermost first; the middle of a long one is left out."""
    ids = profile.callsites["frame_id"].to_numpy()[path_of(profile, site)]
    frames = profile.frames.iloc[ids]
    texts = [_frame_text(row) for row in frames[["function", "file", "line"]].itertuples(index=False)]
    if len(texts) <= LONGEST_PATH:
        return tuple(texts)
    head, tail = LONGEST_PATH // 3, LONGEST_PATH - LONGEST_PATH // 3 - 1
    return (*texts[:head], f"({len(texts) - head - tail} frames)", *texts[-tail:])


def _frame_text(row: tuple[str, str, int]) -> str:
    function, file, line = row
    place = f"{file}:{line}" if line else file
    return visible(f"{function} ({place})" if function and place else function or place, LONGEST_FRAME)


def open_case(
    capture: Capture,
    *,
    repo: Path | None = None,
    rules: Sequence[Rule] | None = None,
    own: Sequence[str] | None = None,
) -> Case:
    """The case of a capture: its ledger at the preferred moment and its groups."""
    ledger = attribute_capture(capture, rules=rules, own=own)
    return Case(
        capture=capture, ledger=ledger, groups=groups(capture, ledger.profile, ledger.assignment), repo=repo
    )


def _made(profile: Profile, mask: np.ndarray) -> int:
    """Repetitions among these callsites, arenas left out: they come when the allocator likes."""
    rows = profile.allocations
    sites = rows["callsite_id"].to_numpy()
    mine = mask[sites] & (arena_bytes(profile) == 0)
    mapped = mine & (mapped_bytes(profile) >= LARGE_MAPPING * np.maximum(rows["blocks"].to_numpy(), 1))
    if mapped.any() and len(np.unique(sites[mine])) < FEW_PATHS:
        return int(rows["blocks"].to_numpy()[mapped].max())
    blocks = np.bincount(sites[mine], weights=rows["blocks"].to_numpy()[mine], minlength=1)
    return repetitions(blocks.astype(np.int64))


def repetitions(blocks: np.ndarray) -> int:
    """How often the same work was done, from the number of blocks at each of its call paths.

    Work done n times leaves the same count at many paths, namely those with one block each time.
    The count, of 3 or more, that is most common: at two paths and at a fifth of all, or at the only
    one, or where nearly all blocks are at paths with a multiple of it. Else 1 where paths with one
    block are common, 0 where nothing can be said.
    """
    counts = blocks[blocks > 0]
    if len(counts) == 1:
        return int(counts[0])
    many, times = np.unique(counts[counts >= 3], return_counts=True)
    if len(many) and times.max() >= 2:
        likely, paths = int(many[times.argmax()]), int(times.max())
        multiples = int(counts[counts % likely == 0].sum())
        of_all = likely >= FEWEST_OF_ALL and paths >= 3 and multiples >= 0.9 * counts.sum()
        if paths >= 0.2 * len(counts) or of_all:
            return likely
    return 1 if (counts == 1).sum() >= 0.1 * len(counts) > 0 else 0


def lowest_count(blocks: np.ndarray) -> int:
    """The count below which next to no call path lies, at three or more of them; 0 where there is none.

    What was done n times left at least n blocks nearly everywhere.
    """
    counts = np.sort(blocks[blocks > 0])
    if not len(counts):
        return 0
    lowest = int(counts[int(len(counts) * FEWER)])
    return lowest if lowest >= 3 and (counts == lowest).sum() >= 3 else 0


#: Of the call paths of what was done n times, so many may have fewer blocks.
FEWER = 0.03
#: Multiples of a smaller count than this are common by chance.
FEWEST_OF_ALL = 5
#: A file mapping from this size on is one load of one file.
LARGE_MAPPING = 1 << 20
#: With more call paths than this their counts tell better: some loaders map their file twice.
FEW_PATHS = 8
