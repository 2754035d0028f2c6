"""What a capture adds to one of its profiles: which callsites keep their memory, and how it behaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from forensics.attribute.assign import CAUSE_NAMES, Assignment, assign, made_by_own_code
from forensics.attribute.ledger import Ledger, arena_bytes
from forensics.attribute.match import UNNAMED
from forensics.attribute.ruleset import Rule
from forensics.attribute.sweep import NONE
from forensics.attribute.unpickled import unpickled_callsites
from forensics.capture import Capture
from forensics.causes import PHASES
from forensics.curves import PASSING_SHARE
from forensics.lifetimes import Lifetimes, lifetimes
from forensics.profile import Profile

#: A callsite keeps its memory where this share of its bytes at the peak is there at the end.
KEPT_SHARE = 0.5
#: One block that is made larger and larger is at work, not added to.
FEWEST_KEPT = 3
#: What holds less than this share of its group's bytes passes by: it fills nothing.
HOLDS = 0.01
#: So many groups are followed through the events, the largest first.
MOST_GROUPS = 256

_known: WeakKeyDictionary[Capture, np.ndarray] = WeakKeyDictionary()
#: What `assign` makes of a profile before it is known what is kept and what was unpickled.
FirstLook = Callable[[Profile], Assignment]


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """Callsites by owner function and cause, largest first, and how each behaves over the run.

    ``of`` int32 per callsite: its group, -1 where it is too small to follow.
    ``owner`` callsite whose frame is the owner (-1 none) and ``cause`` code, per group.
    """

    of: np.ndarray
    owner: np.ndarray
    cause: np.ndarray
    lifetimes: Lifetimes | None
    #: A bool per group: its first callsite is one of an import.
    imports: np.ndarray

    def __len__(self) -> int:
        return len(self.cause)

    def behaviour(self, group: int) -> str:
        return self.lifetimes.behaviour(group) if self.lifetimes is not None else "unknown"

    def is_import(self, group: int) -> bool:
        """Whether a group came of importing."""
        return bool(self.imports[group])

    def most_blocks(self, group: int) -> int:
        """The most blocks that a group held at the end of any step."""
        return int(self.lifetimes.live_blocks[:, group].max(initial=0)) if self.lifetimes is not None else 0

    def there_at_exit(self, group: int) -> bool:
        """Whether most of what a group ever held was there when only the exit was left."""
        return self.lifetimes is not None and self.lifetimes.there_at_exit(group)

    def let_go_at_exit(self, group: int) -> bool:
        """Whether a group held its memory until the program's exit gave it back."""
        return self.lifetimes is not None and self.lifetimes.let_go_at_exit(group)


def groups(capture: Capture, profile: Profile, assignment: Assignment, *, follow: bool = True) -> Groups:
    """The groups of a capture by what they hold at any of its moments.

    Lines of one function are one group, except at module level, where each line is its own. They are
    followed over time where the capture can tell, unless not wanted: that reads all events.
    """
    keys = owner_keys(profile, assignment)
    moments = _own_of_moments(capture, profile)
    codes, distinct = pd.factorize((keys * np.int64(64) + assignment.cause) * 2 + _gone(moments, assignment))
    weight = np.zeros(len(distinct), dtype=np.int64)
    for own in moments:
        sums = np.zeros(len(distinct), dtype=np.int64)
        np.add.at(sums, codes, own)
        weight = np.maximum(weight, sums)
    largest = np.argsort(-weight, kind="stable")[:MOST_GROUPS]
    largest = largest[weight[largest] > 0]
    rank = np.full(len(distinct), NONE, dtype=np.int32)
    rank[largest] = np.arange(len(largest), dtype=np.int32)
    of = rank[codes]
    first = np.full(len(largest), NONE, dtype=np.int64)
    first[of[of >= 0][::-1]] = np.flatnonzero(of >= 0)[::-1]
    return Groups(
        of=of,
        owner=assignment.owner[first],
        cause=assignment.cause[first],
        lifetimes=_followed(capture, of, assignment, _holds(moments, of, weight[largest]))
        if follow
        else None,
        imports=assignment.phase[first] == PHASES.index("import"),
    )


def _gone(moments: list[np.ndarray], assignment: Assignment) -> np.ndarray:
    """int64 per callsite: 1 where it held memory at the peak and hardly any of that at the end; 0 unknown.

    What a model load needs on its way belongs to the load.
    """
    now, *others = moments
    if len(others) < 2 or others[1].sum() < PASSING_SHARE * others[0].sum():
        return np.zeros(len(now), np.int64)
    peak, end = others
    gone = (end < PASSING_SHARE * peak) & ~assignment.has_cause("model-load")
    return gone.astype(np.int64)


def _own_of_moments(capture: Capture, profile: Profile) -> list[np.ndarray]:
    """Own bytes of the profile, and of the capture's other moments that share its callsites."""
    others = [capture.profile(moment) for moment in ("peak", "end") if moment in capture.moments]
    return [
        profile.own(),
        *(other.own() for other in others if len(other.callsites) == len(profile.callsites)),
    ]


def owner_keys(profile: Profile, assignment: Assignment) -> np.ndarray:
    """int64 per callsite: equal where the owner is the same function, or the same line of a module body."""
    keys = frame_keys(profile)
    frame_of = profile.callsites["frame_id"].to_numpy()
    return np.where(assignment.owner != NONE, keys[frame_of[assignment.owner]], 0).astype(np.int64)


def frame_keys(profile: Profile) -> np.ndarray:
    """int64 per frame, from 1: equal for the lines of a function; each line of a module body has its own."""
    frames = profile.frames
    body = frames["function"].isin(["<module>", *UNNAMED])
    place = frames["file"].astype(object) + "\0" + frames["function"].astype(object)
    keyed = place.where(~body, place + "\0" + frames["line"].astype(str).astype(object))
    return pd.factorize(keyed)[0].astype(np.int64) + 1


def _holds(moments: list[np.ndarray], of: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """A bool per callsite: it holds a good part of what its group holds at most, at some moment."""
    most = np.maximum.reduce(moments)
    return (of >= 0) & (most >= HOLDS * np.append(weight, 0)[of])


def _followed(
    capture: Capture, of: np.ndarray, assignment: Assignment, holds: np.ndarray
) -> Lifetimes | None:
    if not capture.is_followed:
        return None
    owned = assignment.owner != NONE
    return lifetimes(capture, of, work=is_work(assignment.phase), owned=owned, holds=holds)


def is_work(phase: np.ndarray) -> np.ndarray:
    """A bool per callsite: neither importing nor shutting down, so its allocations are the program's work."""
    return (phase != PHASES.index("import")) & (phase != PHASES.index("shutdown"))


def kept_callsites(capture: Capture, *, first_look: FirstLook = assign) -> np.ndarray | None:
    """A bool per callsite of the capture: its memory is added to and kept while the program works.

    From the events where there are any; else, what is held at the end of the record. None where
    there is only one moment, which cannot tell.
    """
    if capture not in _known:
        found = _kept(capture, first_look)
        if found is None:
            return None
        _known[capture] = found
    return _known[capture]


def _kept(capture: Capture, first_look: FirstLook) -> np.ndarray | None:
    if "end" not in capture.moments or "peak" not in capture.moments:
        return None
    peak, end = capture.profile("peak"), capture.profile("end").own()
    if len(end) != len(peak.callsites):
        return None
    if not capture.is_followed:
        return (end > 0) & (end >= KEPT_SHARE * peak.own())
    found = groups(capture, peak, first_look(peak))
    arenas = _mostly_arenas(peak, found)
    kept = np.array([_keeps(found, group, arenas[group]) for group in range(len(found))] + [False])
    at_exit = np.array([found.let_go_at_exit(group) for group in range(len(found))] + [False])
    # What one call path of a group holds for a moment only is not kept, whatever the others keep.
    return kept[found.of] & (at_exit[found.of] | (end >= PASSING_SHARE * peak.own()))


def _there(capture: Capture, profile: Profile) -> np.ndarray | None:
    """A bool per callsite: most of what it held at the peak is there at the end; None for one moment."""
    _, *others = _own_of_moments(capture, profile)
    return others[1] >= KEPT_SHARE * np.maximum(others[0], 1) if len(others) == 2 else None


def _mostly_arenas(profile: Profile, found: Groups) -> np.ndarray:
    """A bool per group: most of its bytes are arenas."""
    rows = profile.allocations
    of = found.of[rows["callsite_id"].to_numpy()]
    held, arenas = np.zeros((2, len(found) + 1), np.int64)
    np.add.at(held, of, rows["bytes"].to_numpy())
    np.add.at(arenas, of, arena_bytes(profile))
    return arenas[:-1] > 0.5 * held[:-1]


def _keeps(found: Groups, group: int, in_arenas: bool) -> bool:
    """Whether a group is added to and kept. Tasks that lie in arenas are not seen to grow: they stay."""
    behaviour = found.behaviour(group)
    tasks = in_arenas and behaviour == "stays" and CAUSE_NAMES[found.cause[group]] == "concurrency"
    return (behaviour in ("grows", "fills") and found.most_blocks(group) >= FEWEST_KEPT) or tasks


_unpickling: WeakKeyDictionary[Capture, np.ndarray] = WeakKeyDictionary()


def unpickled(capture: Capture, profile: Profile, *, first_look: FirstLook = assign) -> np.ndarray | None:
    """`unpickled_callsites` of the application's own call paths; None at a moment that has others."""
    if capture not in _unpickling:
        candidates = made_by_own_code(profile, first_look(profile))
        _unpickling[capture] = unpickled_callsites(capture, candidates)
    found = _unpickling[capture]
    return found if len(found) == len(profile.callsites) else None


def attribute_capture(
    capture: Capture,
    moment: str | None = None,
    *,
    rules: Sequence[Rule] | None = None,
    own: Sequence[str] | None = None,
) -> Ledger:
    """The ledger of a capture at a moment, told with what the capture knows beyond that moment."""
    profile = capture.profile(moment)
    followed = capture.is_followed
    first_look = cache(assign)
    assignment = assign(
        profile,
        rules=rules,
        own=own,
        kept=kept_callsites(capture, first_look=first_look),
        followed=followed,
        unpickled=unpickled(capture, profile, first_look=first_look) if followed else None,
        there=_there(capture, profile),
    )
    return Ledger(profile=profile, assignment=assignment)
