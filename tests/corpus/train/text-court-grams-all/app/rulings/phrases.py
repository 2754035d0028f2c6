from array import array
from collections import Counter, defaultdict
from itertools import pairwise


def phrases(text):
    for first, second in pairwise(text.split()):
        yield f"{first} {second}"


class PhraseBook:
    """How often each phrase was used, in all and by year, and where each word stands."""

    def __init__(self):
        self.overall = Counter()
        self._by_year = defaultdict(Counter)
        self._places = {}
        self._dockets = []

    def read(self, ruling):
        used = Counter(phrases(ruling.text))
        self.overall.update(used)
        self._by_year[ruling.year].update(used)
        self.index(ruling)

    def index(self, ruling):
        """Every place of every word: number of the ruling, number of the word."""
        number = len(self._dockets)
        self._dockets.append(ruling.docket)
        for at, word in enumerate(ruling.text.split()):
            self._places.setdefault(word, array("Q")).append(number << 20 | at)

    def in_year(self, phrase, year):
        return self._by_year[year][phrase]

    def together(self, first, second):
        others = {place >> 20 for place in self._places[second]}
        return sum(1 for place in self._places[first] if place >> 20 in others)
