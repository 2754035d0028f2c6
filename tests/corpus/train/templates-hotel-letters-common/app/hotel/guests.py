import random
from dataclasses import dataclass, field

EXTRAS = ("breakfast", "parking", "sauna", "late departure", "bicycle", "cot", "dog")


@dataclass(slots=True)
class Guest:
    number: int
    name: str
    language: str
    nights: int
    cents: int
    extras: list[str] = field(default_factory=list)


def arrivals(number, seed=6):
    dice = random.Random(seed)
    for index in range(number):
        extras = dice.sample(EXTRAS, dice.randint(0, 4))
        yield Guest(
            index, f"Guest {index}", dice.choice(("en", "de", "fr")), dice.randint(1, 9), 9_500, extras
        )
