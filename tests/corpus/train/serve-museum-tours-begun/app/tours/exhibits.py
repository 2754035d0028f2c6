import random
from dataclasses import dataclass

WINGS = ("Egypt", "Greece", "Coins", "Prints", "Ships", "Looms")
PHRASES = ("found in 1911", "on loan", "made for a temple", "the glaze has run", "note the left hand")


@dataclass(frozen=True, slots=True)
class Exhibit:
    number: int
    wing: str
    texts: tuple


def exhibits(number, texts, seed=3):
    """What is said of every exhibit, in as many versions as there are voices."""
    dice = random.Random(seed)
    return [
        Exhibit(
            index,
            WINGS[index % len(WINGS)],
            tuple("; ".join(dice.choices(PHRASES, k=18)) for _ in range(texts)),
        )
        for index in range(number)
    ]
