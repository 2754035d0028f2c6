import random
from dataclasses import dataclass

NAMES = ("Alma", "Borea", "Cormoran", "Dagny", "Esperanza", "Fenna", "Gudrun", "Hanseat")
BERTHS = ("Kaiserkai", "Oelhafen", "Werft 3", "Strandkai")


@dataclass(frozen=True, slots=True)
class Movement:
    number: int
    ship: str
    berth: str
    minute: int
    draught: float


def movements(number, seed=8):
    dice = random.Random(seed)
    for index in range(number):
        yield Movement(
            index, dice.choice(NAMES), dice.choice(BERTHS), dice.randrange(1_440), dice.uniform(2, 15)
        )
