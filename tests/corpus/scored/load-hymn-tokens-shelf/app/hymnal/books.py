import random
import time
from dataclasses import dataclass

SYLLABLES = [first + second for first in "bdfgklmnprstvw" for second in "aeiou"]


@dataclass(frozen=True)
class Book:
    number: int
    pages: int

    def verses(self):
        dice = random.Random(self.number)
        time.sleep(0.02)  # the scanner turns a page
        return [self._verse(dice) for _ in range(self.pages)]

    def _verse(self, dice):
        return " ".join("".join(dice.choices(SYLLABLES, k=dice.randint(1, 5))) for _ in range(24))


def shelf(number):
    return [Book(index, 10 + index % 7) for index in range(number)]
