import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache


@dataclass
class Passage:
    letter: int
    place: str
    text: str


@lru_cache(maxsize=256)
def pattern_of(spellings):
    return re.compile(r"\b(?:%s)\b" % "|".join(map(re.escape, spellings)), re.IGNORECASE)


def passage(letter, place, start, end, around=6_000):
    return Passage(letter.number, place, letter.page[max(0, start - around) : end + around])


class Mentions:
    """The passages in which a place is mentioned."""

    def __init__(self, gazetteer):
        self._gazetteer = gazetteer
        self._passages = defaultdict(list)

    def look_through(self, letter):
        for name in self._gazetteer.along_the_way(letter.number):
            pattern = pattern_of(self._gazetteer.spellings(name))
            for found in pattern.finditer(letter.page):
                self._passages[name].append(passage(letter, name, *found.span()))

    def most(self, number):
        by_number = sorted(self._passages, key=lambda name: -len(self._passages[name]))
        return [(name, len(self._passages[name])) for name in by_number[:number]]
