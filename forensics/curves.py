"""What a curve of live bytes over the program's work does: it grows, fills up, stays or passes."""

from __future__ import annotations

from typing import Literal

import numpy as np

#: "rises" is growth until the program ends, which lets all go: kept, or gathered for a last step.
Behaviour = Literal["grows", "rises", "fills", "stays", "passes", "unknown"]

#: Of its highest level, a group still holds less than this at the end: it passes.
PASSING_SHARE = 0.3
#: A group has arrived at its level where it holds this share of it.
LEVEL_SHARE = 0.95
#: It stands there while it has this share of its level.
STANDING = 0.9
#: It is near its level with this share of it; below, the level was a passing heap of copies.
NEAR_LEVEL = 0.7
#: It grows if it arrives this late on the axis …
LATE = 0.75
#: … and takes at least this share of its level in the second half …
SECOND_HALF = 0.15
#: … and needed at least this much of the axis for it.
SPREAD = 0.3
#: What is there until this share of the axis is left, and gone at the end, was let go by the exit alone …
EXIT = 1 / 32
#: … where it was there for all but this first part of it.
EARLY = 0.1
#: … and what rises until then rises evenly.
STEADY = 0.5
#: What fills up holds at least so many blocks: fewer are arrays beside their temporary copies.
FEWEST_ENTRIES = 8
#: … and does not rest for so much of the way to its level.
JUMPS = 0.5
#: What it gained came in jumps where this share of it came in two steps.
OF_JUMPS = 0.9
#: It fills where this share of its allocations came after it had arrived.
TURNOVER = 0.1
#: … in at least this share of the steps that were left.
GOES_ON = 0.25
#: It has levelled off, however late, where its last steps (of this share of the axis or more) should have
#: brought so many entries at its earlier pace, and brought no more than this share of them …
LAST_STEPS = 1 / 16
AWAITED = 8
OF_AWAITED = 0.25
#: … for so many times as long as it ever rested before, with less than this share of its mean gain a step …
RESTED = 1.5
RESTS = 0.1
#: … and it turns over there where blocks come at this share of their earlier pace.
SAME_PACE = 0.3


def before_exit(live: np.ndarray) -> np.ndarray:
    """A curve of live bytes without its last steps, in which a program lets go of everything."""
    return live[: len(live) - max(round(EXIT * len(live)), 1)]


def last_high(live: np.ndarray) -> int:
    """The last step at which a curve stands at its level, if only the exit comes after it; else the one
    before the exit."""
    highs = np.flatnonzero(live >= LEVEL_SHARE * live.max())
    return max(len(before_exit(live)) - 1, int(highs[-1]))


def steadiness(live: np.ndarray) -> float:
    """How evenly a curve grows, 0 to 1: the gain of the weakest third over that of an even third."""
    if not len(live):
        return 0.0
    marks = live[np.linspace(0, len(live) - 1, 4).astype(int)]
    gain = int(marks[-1] - marks[0])
    return float(np.clip(np.diff(marks).min() * 3 / gain, 0, 1)) if gain > 0 else 0.0


def passes(live: np.ndarray) -> bool:
    """Whether a curve ends low."""
    return len(live) > 0 and bool(live[-1] < PASSING_SHARE * live.max())


def lasting(live: np.ndarray) -> np.ndarray:
    """What of a curve never goes again: the least that it has from each step on."""
    return np.minimum.accumulate(live[::-1])[::-1]


def begins(live: np.ndarray) -> int:
    """The step at which a curve begins to rise: it has a twentieth of its highest level."""
    return int(np.argmax(live >= 0.05 * live.max()))


def arrives(live: np.ndarray) -> int:
    """The step at which a curve has arrived at its level."""
    return int(np.argmax(live >= LEVEL_SHARE * live.max()))


def stands(live: np.ndarray) -> bool:
    """Whether a curve stays at its level from its arrival on."""
    return len(live) > 0 and bool(live[arrives(live) :].min() >= STANDING * live.max() > 0)


def behaviour(live: np.ndarray, added: np.ndarray, entries: int = FEWEST_ENTRIES) -> Behaviour:
    """What one curve of live bytes does.

    ``added`` are the blocks that came in each step, ``entries`` the blocks that it holds before the exit.
    """
    highest = int(live.max(initial=0))
    if highest <= 0 or len(live) < 8:
        return "unknown"
    if passes(live):
        steps = last_high(live) + 1
        return _until_exit(live[:steps], added[:steps], highest, entries)
    # Garbage that waits for its collection goes up and down; what grows is highest at last.
    highest_at_last = live[-1] >= NEAR_LEVEL * highest or arrives(live) >= LATE * len(live)
    working = before_exit(live)
    # … and where the exit lets go of a part, it grew until then.
    until = working if live[-1] < LEVEL_SHARE * working[-1] else live
    if highest_at_last and climbs(lasting(until), entries):
        return "grows"
    return "fills" if _fills(live, added, entries) else "stays"


def _until_exit(live: np.ndarray, added: np.ndarray, highest: int, entries: int) -> Behaviour:
    """What a curve does that ends low: it stayed, filled or rose until the exit, or it passes."""
    if live[-1] < LEVEL_SHARE * highest:
        return "passes"
    arrived = arrives(live)
    stood = stands(live)
    if arrived <= EARLY * len(live) and stood:
        return "stays"
    if climbs(live, entries) and steadiness(live) >= STEADY:
        return "rises"
    return "fills" if stood and _fills(live, added, entries) else "passes"


def climbs(live: np.ndarray, entries: int = 0) -> bool:
    """Whether a curve arrives late, took long for it, and still gained in its second half.

    What has levelled off climbs no more; only a curve of many ``entries`` can show that late.
    """
    highest, steps = int(live.max()), len(live)
    begun, arrived = begins(live), arrives(live)
    second_half = int(live[-1] - live[steps // 2])
    return bool(
        arrived >= LATE * steps
        and arrived - begun >= SPREAD * steps
        and second_half >= SECOND_HALF * highest
        and not levelled_off(live, entries)
    )


def in_jumps(live: np.ndarray) -> bool:
    """Whether what a curve gained in its second half came nearly all in one step or two."""
    gains = np.diff(live[len(live) // 2 :])
    gained = int(gains[gains > 0].sum())
    return bool(gained > 0 and np.sort(gains)[-2:].sum() >= OF_JUMPS * gained)


def levelled_off(live: np.ndarray, entries: int) -> bool:
    """Whether a curve's last steps brought next to nothing where its pace had promised many entries."""
    highest, begun, arrived = int(live.max()), begins(live), arrives(live)
    last = len(live) - 1 - arrived
    if last < LAST_STEPS * len(live) or last <= RESTED * _longest_rest(live[begun : arrived + 1]):
        return False
    awaited = (live[arrived] - live[begun]) / max(arrived - begun, 1) * last
    gained = int(live[-1] - live[arrived])
    return bool(entries * awaited >= AWAITED * highest and gained <= OF_AWAITED * awaited)


def _longest_rest(live: np.ndarray) -> int:
    """The most steps in a row in which a rising curve gained next to nothing: so far apart are its pieces."""
    gains = np.diff(lasting(live))
    if not len(gains):
        return 0
    edges = np.flatnonzero(np.concatenate(([True], gains > RESTS * gains.mean(), [True])))
    return int(np.diff(edges).max()) - 1


def _fills(live: np.ndarray, added: np.ndarray, entries: int) -> bool:
    """Whether a curve came to its level entry by entry and turns over there."""
    begun, arrived = begins(live), arrives(live)
    after = added[arrived + 1 :]
    if arrived < LATE * len(live):
        goes_on = np.count_nonzero(after) >= GOES_ON * len(after)
        turns_over = goes_on and after.sum() >= TURNOVER * max(added.sum(), 1)
    else:
        pace = added[begun : arrived + 1].mean()
        turns_over = levelled_off(live, entries) and after.mean() >= SAME_PACE * pace
    near = live[-1] >= NEAR_LEVEL * live.max()
    # A few jumps far apart are an allocator's; entries come one after another.
    apart = arrived - begun >= FEWEST_ENTRIES and _longest_rest(live[begun : arrived + 1]) > JUMPS * (
        arrived - begun
    )
    return bool(turns_over and entries >= FEWEST_ENTRIES and begun < arrived and near and not apart)
