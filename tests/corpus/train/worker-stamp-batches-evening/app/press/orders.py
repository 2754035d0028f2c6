import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    number: int
    design: int
    value: int


def waves(designs, sizes, seed=6):
    """Orders come in waves; after the evening news there are many at once."""
    dice = random.Random(seed)
    number = 0
    for size in sizes:
        wave = []
        for _ in range(size):
            number += 1
            wave.append(Order(number, dice.randrange(designs), dice.choice((85, 100, 160, 275))))
        yield wave
