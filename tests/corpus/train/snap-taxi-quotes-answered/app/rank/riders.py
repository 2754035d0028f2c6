import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Rider:
    start: int
    metres: int
    near: tuple


def riders(number):
    dice = random.Random(77)
    for _ in range(number):
        near = tuple(dice.sample(range(1, 120), 8))
        yield Rider(dice.randrange(700), dice.randrange(800, 14_000), near)
