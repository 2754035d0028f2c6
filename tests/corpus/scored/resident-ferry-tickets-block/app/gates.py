"""The gates of a ferry line: what they send at the end of a day."""

import random


class Gates:
    def __init__(self, seed):
        self._chance = random.Random(seed)

    def message(self, number):
        """One passage: a header of 40 bytes, and the picture of the printed code behind it."""
        head = f"{number:08d};gate{number % 24:02d};{self._chance.choice('ABCD')};".encode().ljust(40)
        return head + bytes(4) * self._chance.randrange(600, 1_000)
