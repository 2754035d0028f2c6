"""The ledger: causes that add up to the whole, with every row's reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from forensics.attribute.assign import CAUSE_NAMES, Assignment, assign
from forensics.attribute.ruleset import Rule
from forensics.attribute.sweep import NONE
from forensics.causes import PHASES, UNEXPLAINED
from forensics.lifetimes import RESERVED_FROM
from forensics.profile import Profile
from forensics.text import format_bytes, format_count, format_share, visible

#: Causes whose work is freed on return, but keeps asking for arenas while it runs.
CHURNS = ("regex", "logging")
#: Fewer arenas than this at one callsite say nothing about who needs them.
TELLING_ARENA_BYTES = 8 << 20
RESERVED_RULE = "reserved-address-space"
ARENA_RULE = "arena-of-whoever-asked-next"


@dataclass(frozen=True, kw_only=True, eq=False)
class Ledger:
    """Causes, owners and phases of one profile.

    ``table``: cause str · bytes int64 · blocks int64 · share float64, largest first, ``unexplained``
    last and always there; bytes and blocks add up to the profile exactly.
    ``assignments``: one row per allocation row of the profile, in its order: callsite_id · bytes ·
    blocks · arena_bytes · cause · owner (``function file:line``, '' none) · owner_callsite ·
    owner_function · owner_file · owner_line · phase · rule · matched (callsite of the frame that
    decided) · runner_up (cause, '' none) · mapped (bool: a file mapping).
    """

    profile: Profile
    assignment: Assignment

    @cached_property
    def table(self) -> pd.DataFrame:
        return _shares(self._sums(self._causes_of_rows()))

    @cached_property
    def assignments(self) -> pd.DataFrame:
        return _assignments(self.profile, self.assignment, self._causes_of_rows())

    def by(self, key: str) -> pd.DataFrame:
        """Bytes, blocks and share by another column of ``assignments``: "owner", "phase", "rule", …."""
        if key == "cause":
            return self.table
        sums = self.assignments.groupby(key, sort=False, observed=True)[["bytes", "blocks"]].sum()
        return _shares(sums.sort_values("bytes", ascending=False, kind="stable").reset_index())

    @cached_property
    def causes(self) -> np.ndarray:
        """The cause of every callsite, object str."""
        return np.array(CAUSE_NAMES, dtype=object)[self.assignment.cause]

    @cached_property
    def owners(self) -> np.ndarray:
        """The owner of every callsite as ``function file:line``, object str, '' none."""
        return owner_texts(self.profile, self.assignment.owner)

    @property
    def unexplained_share(self) -> float:
        return float(self.table["share"].iloc[-1])

    def why(self, callsite_id: int) -> Reason:
        """Which rule gave this call path its cause, at which frame, and the runner-up."""
        return reason(self.profile, self.assignment, callsite_id)

    def _causes_of_rows(self) -> np.ndarray:
        """Cause code per allocation row: that of its callsite, but scattered arenas of churn are runtime."""
        return row_causes(self.profile, self.assignment)

    def _sums(self, causes: np.ndarray) -> pd.DataFrame:
        rows = self.profile.allocations
        sums = {}
        for measure in ("bytes", "blocks"):
            totals = np.zeros(len(CAUSE_NAMES), dtype=np.int64)
            np.add.at(totals, causes, rows[measure].to_numpy())
            sums[measure] = totals
        table = pd.DataFrame({"cause": CAUSE_NAMES, **sums})
        rest = table["cause"] == UNEXPLAINED
        named = table[~rest & ((table["bytes"] > 0) | (table["blocks"] > 0))]
        named = named.sort_values("bytes", ascending=False, kind="stable")
        return pd.concat([named, table[rest]], ignore_index=True)

    def __str__(self) -> str:
        lines = [f"{self.profile.origin.moment or 'memory'}: {format_bytes(self.profile.total_bytes)}"]
        lines += [
            f"  {row.cause:<14}{format_bytes(row.bytes):>12}{format_share(row.share):>9}"
            f"{format_count(row.blocks):>14} blocks"
            for row in self.table.itertuples()
        ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        rows = ", ".join(f"{row.cause} {format_bytes(row.bytes)}" for row in self.table.itertuples())
        return f"<Ledger {self.profile.origin.moment or '?'}: {rows}>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from forensics.views.mimebundle import ledger_bundle

        return ledger_bundle(self)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why one call path has its cause. Frames are ``function file:line`` texts, '' none."""

    callsite_id: int
    cause: str
    rule: str
    tier: str
    why: str
    frame: str
    runner_up: str
    runner_up_rule: str
    runner_up_frame: str
    owner: str
    phase: str

    def __str__(self) -> str:
        text = f"{self.cause}: rule {self.rule} ({self.tier}) matched {self.frame or 'no frame'}. {self.why}"
        if self.runner_up:
            text += f"\nrunner-up {self.runner_up}: rule {self.runner_up_rule} matched {self.runner_up_frame}"
        return f"{text}\nowner {self.owner or 'none: no frame of the application'}, phase {self.phase}"


def attribute(
    profile: Profile,
    *,
    rules: Sequence[Rule] | None = None,
    own: Sequence[str] | None = None,
    kept: np.ndarray | None = None,
) -> Ledger:
    """The ledger of a profile: what its memory is for, whose it is and when it was taken.

    ``rules`` (from `load_rules`) are asked before the built-in ones; ``own`` are patterns of file
    paths of the application, where its paths do not tell; ``kept`` bool per callsite says what is
    still held at the end (`kept_callsites` of a capture).
    """
    return Ledger(profile=profile, assignment=assign(profile, rules=rules, own=own, kept=kept))


def row_causes(profile: Profile, assignment: Assignment) -> np.ndarray:
    """Cause code per allocation row. Arenas that churning work asked for here and there are runtime."""
    rows = profile.allocations
    sites = rows["callsite_id"].to_numpy()
    causes = assignment.cause[sites]
    causes = np.where(reserved_bytes(profile) > 0, CAUSE_NAMES.index("runtime"), causes)
    arenas = arena_bytes(profile)
    if not arenas.any():
        return causes
    per_site = np.zeros(len(profile.callsites), dtype=np.int64)
    np.add.at(per_site, sites, arenas)
    churning = np.isin(causes, [CAUSE_NAMES.index(cause) for cause in CHURNS])
    scattered = churning & (arenas > 0) & (per_site[sites] < TELLING_ARENA_BYTES)
    return np.where(scattered, CAUSE_NAMES.index("runtime"), causes)


def reserved_bytes(profile: Profile) -> np.ndarray:
    """int64 per allocation row: bytes of address space that an allocator reserved and fills later, if ever.

    mmap calls of a power of two of 32 MiB or more: OpenBLAS maps 32 MiB a thread at its first
    product, mimalloc (in pyarrow) 1 GiB at its first block, each at whoever's call comes first. A row
    may hold such a mapping beside small ones.
    """
    rows = profile.allocations
    total, blocks = rows["bytes"].to_numpy(), rows["blocks"].to_numpy()
    size = total // np.maximum(blocks, 1)
    mapped = (rows["allocator"] == "mmap").to_numpy() & (arena_bytes(profile) == 0)
    alike = mapped & ((size & (size - 1)) == 0) & (size >= RESERVED_FROM)
    gibibytes = total >> 30 << 30
    beside = mapped & (blocks > 1) & (gibibytes > 0) & (total - gibibytes < RESERVED_FROM)
    return np.where(alike, total, np.where(beside, gibibytes, 0))


def arena_bytes(profile: Profile) -> np.ndarray:
    """int64 per allocation row: how many of its bytes are arenas of Python's small-object allocator."""
    rows = profile.allocations
    if "arena_bytes" in rows.columns:
        return rows["arena_bytes"].to_numpy(dtype=np.int64)
    return np.zeros(len(rows), dtype=np.int64)


def mapped_bytes(profile: Profile) -> np.ndarray:
    """int64 per allocation row: how many of its bytes are file mappings: mmap calls, less the arenas."""
    rows = profile.allocations
    mapped = (rows["allocator"] == "mmap").to_numpy()
    return np.where(mapped, rows["bytes"].to_numpy() - arena_bytes(profile) - reserved_bytes(profile), 0)


def frame_text(profile: Profile, callsite_id: int) -> str:
    """``function file:line`` of the innermost frame of a call path; '' for -1."""
    if callsite_id == NONE:
        return ""
    frame = profile.frames.iloc[int(profile.callsites["frame_id"].iloc[callsite_id])]
    place = f"{frame['file']}:{frame['line']}" if frame["line"] else str(frame["file"])
    return " ".join(part for part in (str(frame["function"]), place) if part)


def reason(profile: Profile, assignment: Assignment, callsite_id: int) -> Reason:
    """Why this callsite has its cause."""
    number, second = int(assignment.rule[callsite_id]), int(assignment.runner_up[callsite_id])
    rule = assignment.rules[number] if number != NONE else None
    runner_up = assignment.rules[second] if second != NONE else None
    return Reason(
        callsite_id=callsite_id,
        cause=CAUSE_NAMES[assignment.cause[callsite_id]],
        rule=rule.id if rule else "",
        tier=rule.tier if rule else "none",
        why=rule.why if rule else "No rule matches any frame of this call path.",
        frame=visible(frame_text(profile, int(assignment.matched[callsite_id]))),
        runner_up=runner_up.cause if runner_up else "",
        runner_up_rule=runner_up.id if runner_up else "",
        runner_up_frame=visible(frame_text(profile, int(assignment.runner_up_at[callsite_id]))),
        owner=visible(frame_text(profile, int(assignment.owner[callsite_id]))),
        phase=PHASES[assignment.phase[callsite_id]],
    )


def _shares(table: pd.DataFrame) -> pd.DataFrame:
    whole = int(table["bytes"].sum())
    return table.assign(share=table["bytes"] / whole if whole else 0.0)


def _assignments(profile: Profile, assignment: Assignment, causes: np.ndarray) -> pd.DataFrame:
    rows = profile.allocations
    sites = rows["callsite_id"].to_numpy()
    owner = assignment.owner[sites]
    owner_frames = np.where(owner != NONE, profile.callsites["frame_id"].to_numpy()[owner], NONE)
    rule_names = np.array([*(rule.id for rule in assignment.rules), ""], dtype=object)
    second = np.array([*(rule.cause for rule in assignment.rules), ""], dtype=object)
    reserved = reserved_bytes(profile) > 0
    moved = causes != assignment.cause[sites]
    ruled = rule_names[assignment.rule[sites]]
    return pd.DataFrame(
        {
            "callsite_id": sites,
            "bytes": rows["bytes"].to_numpy(),
            "blocks": rows["blocks"].to_numpy(),
            "arena_bytes": arena_bytes(profile),
            "cause": pd.Categorical.from_codes(causes, categories=list(CAUSE_NAMES)),
            **_owner_columns(profile, owner, owner_frames),
            "phase": pd.Categorical.from_codes(assignment.phase[sites], categories=list(PHASES)),
            "rule": np.where(reserved, RESERVED_RULE, np.where(moved, ARENA_RULE, ruled)),
            "matched": assignment.matched[sites],
            "runner_up": second[assignment.runner_up[sites]],
            "mapped": mapped_bytes(profile) > 0,
        }
    )


def owner_texts(profile: Profile, owner: np.ndarray) -> np.ndarray:
    """``function file:line`` of the frames of these callsites, object str; '' for -1."""
    frame_ids = np.where(owner != NONE, profile.callsites["frame_id"].to_numpy()[owner], NONE)
    return _owner_columns(profile, owner, frame_ids)["owner"]


def _owner_columns(profile: Profile, owner: np.ndarray, frame_ids: np.ndarray) -> dict[str, np.ndarray]:
    """Owner columns, made once per distinct owner frame."""
    distinct, codes = np.unique(frame_ids, return_inverse=True)
    frames = profile.frames.iloc[distinct[distinct != NONE]]
    missing = [""] if NONE in distinct else []
    function = np.array([*missing, *frames["function"]], dtype=object)
    file = np.array([*missing, *frames["file"]], dtype=object)
    line = np.array([*([0] if missing else []), *frames["line"]], dtype=np.int32)
    text = np.array(
        [f"{f} {p}:{n}".strip() if p or f else "" for f, p, n in zip(function, file, line, strict=True)],
        dtype=object,
    )
    return {
        "owner": text[codes],
        "owner_callsite": owner,
        "owner_function": function[codes],
        "owner_file": file[codes],
        "owner_line": line[codes],
    }
