import random
from dataclasses import dataclass

WORDS = (
    "ticket price open hours shop poster loan crate archive thesis interview lift ramp school guide".split()
)


@dataclass(frozen=True)
class Letter:
    number: int
    text: str

    @property
    def opening(self):
        return self.text[:400]


def post(days, a_day):
    """The letters of each day."""
    chosen = random.Random(11)
    for day in range(days):
        yield [Letter(day * a_day + n, _written(chosen)) for n in range(a_day)]


def _written(chosen):
    opening = " ".join(chosen.choices(WORDS, k=50))
    return opening + ". We have been coming here for years, and never before. " * 320
