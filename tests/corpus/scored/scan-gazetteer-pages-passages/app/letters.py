import random
from dataclasses import dataclass

from gazetteer import ENDS, STARTS

WORDS = "moss and fern by the shore we saw a heath of pale orchids in rain upon old walls near".split()


@dataclass
class Letter:
    number: int
    page: str


def letters(number):
    for index in range(number):
        dice = random.Random(index)
        parts = []
        for _ in range(1_300):
            parts += dice.choices(WORDS, k=9)
            parts.append(f"{dice.choice(STARTS)}{dice.choice(ENDS)}-{dice.randrange(14):x}")
        yield Letter(index, f"<html><body><p>{' '.join(parts)}</p></body></html>")
