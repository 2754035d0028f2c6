"""The tariff in force: rate and text of every commodity code, needed for each lot."""

import random
from dataclasses import dataclass

CHAPTERS = "animals fats ores chemicals plastics hides wood paper textiles metals machines vehicles".split()


@dataclass(frozen=True, slots=True)
class Heading:
    code: int
    percent: float
    text: str


def read_tariff(headings=9_000):
    dice = random.Random(24)
    rows = {}
    for code in range(headings):
        chapter = CHAPTERS[code * len(CHAPTERS) // headings]
        notes = "; ".join(f"other than those of heading {dice.randrange(headings):04}" for _ in range(30))
        rows[code] = Heading(code, dice.randrange(0, 170) / 10, f"{chapter} ({notes})")
    return rows


TARIFF = read_tariff()
