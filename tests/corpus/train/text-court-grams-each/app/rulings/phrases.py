from collections import Counter
from itertools import pairwise


def phrases(text):
    for first, second in pairwise(text.split()):
        yield f"{first} {second}"


class PhraseBook:
    """How often each phrase was used: in all, and by ruling so that years can be compared later."""

    def __init__(self):
        self.overall = Counter()
        self._by_docket = {}

    def read(self, ruling):
        used = Counter(phrases(ruling.text))
        self.overall.update(used)
        self._by_docket[ruling.docket] = (ruling.year, used)

    def in_year(self, phrase, year):
        return sum(used[phrase] for at, used in self._by_docket.values() if at == year)
