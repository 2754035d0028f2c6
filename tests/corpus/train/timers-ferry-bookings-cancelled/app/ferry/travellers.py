import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Traveller:
    number: int
    island: str
    punctual: bool


def travellers(number, seed=2):
    dice = random.Random(seed)
    for index in range(number):
        yield Traveller(index, dice.choice(("Skagen", "Sylt", "Bornholm", "Gotland")), dice.random() < 0.97)
