"""The tide as a sum of its constituents."""

import math
from dataclasses import dataclass
from functools import lru_cache

#: Amplitude in metres, degrees an hour, phase; those that matter in this harbour.
CONSTITUENTS = (
    (1.42, 28.984, 112.0),
    (0.48, 30.0, 160.5),
    (0.27, 28.44, 88.2),
)


@dataclass(frozen=True, slots=True)
class Bulletin:
    height: float
    rising: float
    text: str


def height(berth, minute):
    hours = minute / 60 + berth / 900
    return sum(a * math.cos(math.radians(speed * hours - phase)) for a, speed, phase in CONSTITUENTS)


@lru_cache(maxsize=10_000)
def bulletin(berth, minute):
    """What is read out to a ship."""
    now, soon = height(berth, minute), height(berth, minute + 10)
    words = (
        f"berth {berth}, {minute // 60 % 24:02d}:{minute % 60:02d}: water {now:+.2f} m on chart datum, "
        f"in ten minutes {soon:+.2f} m, {'rising' if soon > now else 'falling'}; "
        f"fenders at {now + 3.2:.2f} m, gangway at {now + 5.85:.2f} m; keep channel twelve; the harbour "
        "master is not liable for heights that wind and pressure bring about; vessels above 120 m of length "
        "take two tugs; vessels with dangerous cargo wait at the roads until the pilot is on board"
    )
    return Bulletin(now, (soon - now) * 6, words)
