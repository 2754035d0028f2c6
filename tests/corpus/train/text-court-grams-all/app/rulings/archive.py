import random
from typing import NamedTuple

STEMS = "appeal court claim party costs order lease".split()
ENDINGS = ("", "s", "ed", "ing", "able", "ment")
WORDS = [stem + ending for stem in STEMS for ending in ENDINGS]


class Ruling(NamedTuple):
    docket: str
    year: int
    text: str


def rulings(count, words):
    chance = random.Random(1904)
    for number in range(count):
        text = " ".join(chance.choices(WORDS, k=words))
        yield Ruling(f"{number % 90} C {number}/{2000 + number % 20}", 2000 + number % 20, text)
