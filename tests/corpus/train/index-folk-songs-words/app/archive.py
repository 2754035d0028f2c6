"""Words of songs, and where they are sung."""

import random
from collections import Counter, defaultdict

from visitors import WORDS


class Archive:
    def __init__(self):
        self._places = defaultdict(list)
        self._titles = []

    def add(self, title, verses):
        song = len(self._titles)
        self._titles.append(title)
        for verse, line in enumerate(verses):
            for at, word in enumerate(line.split()):
                self._places[word].append((song, verse, at))

    def search(self, line):
        """The title in which most of the words are sung, if any is."""
        votes = Counter()
        for word in line.lower().split():
            for song, _, _ in self._places.get(word, ())[-20:]:
                votes[song] += 1
        return self._titles[max(votes, key=votes.get)] if votes else None


def opened(songs):
    """The archive with all that was collected in the field."""
    field = random.Random(1904)
    archive = Archive()
    for song in range(songs):
        verses = [" ".join(field.choices(WORDS, k=7)) for _ in range(6)]
        archive.add(f"No. {song}: {verses[0]}", verses)
    return archive
