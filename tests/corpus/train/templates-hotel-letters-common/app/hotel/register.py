"""Who stayed in the house before: regular guests pay less."""

import random
from dataclasses import dataclass

WISHES = (
    "a quiet room",
    "a room above the harbour",
    "no feathers",
    "the room of last year",
    "a late breakfast",
)


@dataclass(slots=True)
class Stay:
    name: str
    year: int
    nights: int
    wishes: str


def load_register(stays=48_000, seed=9):
    dice = random.Random(seed)
    register = {}
    for number in range(stays):
        wishes = f"{number}: " + ", ".join(dice.sample(WISHES, dice.randint(2, 5))) + "; paid at departure"
        name = f"Guest {number % 20_000}"
        stay = Stay(name, 2_005 + number % 20, dice.randint(1, 9), wishes)
        register.setdefault(name, []).append(stay)
    return register
