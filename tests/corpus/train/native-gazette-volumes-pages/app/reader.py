"""What a reader in the room does: looks for a word in the first pages of a year."""

import time

import numpy as np
from stacks import Stacks

STACKS = Stacks("volumes")


class Reader:
    def __init__(self, words, years):
        self.words = words
        self.counts = np.full((len(words), len(years), 62, 400), 0.5)
        self._first = years[0]

    def look_up(self, year):
        for day, (_, text) in enumerate(STACKS.volume(year).pages(most=12)):
            for place, word in enumerate(self.words):
                self.counts[place, year - self._first, day, text.count(word) % 400] += 1
        STACKS.give_back(year)
        time.sleep(0.04)
