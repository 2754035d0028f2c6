from collections import Counter, defaultdict
from difflib import SequenceMatcher


class Variants:
    """Finds out whether a song is a variant of one that is known."""

    def __init__(self, alike=0.8, tried=3):
        self._alike = alike
        self._tried = tried
        self._songs = {}
        self._with_word = defaultdict(set)
        self._shingles = {}

    def variant_of(self, song):
        own = self._cut(song)
        for number in self._near(song):
            if len(own & self._shingles[number]) > len(own) / 4 and self._is_alike(song, self._songs[number]):
                return number
        return None

    def add(self, song):
        self._songs[song.number] = song
        for word in song.words[:40]:
            self._with_word[word].add(song.number)
        self._shingles[song.number] = self._cut(song)

    def _is_alike(self, song, other):
        matcher = SequenceMatcher(None, song.words, other.words, autojunk=False)
        return matcher.quick_ratio() > self._alike and matcher.ratio() > self._alike

    def _cut(self, song):
        """Four words at a time, by their hash."""
        words = song.words
        return frozenset(hash(words[at : at + 4]) for at in range(len(words) - 3))

    def _near(self, song):
        shared = Counter(number for word in song.words[:40] for number in self._with_word.get(word, ()))
        return [number for number, _ in shared.most_common(self._tried)]

    def __len__(self):
        return len(self._songs)
