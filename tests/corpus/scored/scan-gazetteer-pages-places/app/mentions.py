import re
from collections import Counter
from functools import lru_cache


@lru_cache(maxsize=256)
def pattern_of(spellings):
    return re.compile(r"\b(?:%s)\b" % "|".join(map(re.escape, spellings)), re.IGNORECASE)


class Mentions:
    def __init__(self, gazetteer):
        self._gazetteer = gazetteer
        self._counts = Counter()

    def look_through(self, letter):
        for name in self._gazetteer.along_the_way(letter.number):
            pattern = pattern_of(self._gazetteer.spellings(name))
            found = sum(1 for _ in pattern.finditer(letter.page))
            if found:
                self._counts[name] += found

    def most(self, number):
        return self._counts.most_common(number)
