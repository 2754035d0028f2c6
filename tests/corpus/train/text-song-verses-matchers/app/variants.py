from collections import Counter, defaultdict
from difflib import SequenceMatcher


class Variants:
    """Finds out whether a song is a variant of one that is known."""

    def __init__(self, alike=0.8, tried=3):
        self._alike = alike
        self._tried = tried
        self._songs = {}
        self._with_word = defaultdict(set)
        self._matchers = {}

    def variant_of(self, song):
        for number in self._near(song):
            matcher = self._matchers[number]
            matcher.set_seq1(song.words)
            if matcher.quick_ratio() > self._alike and matcher.ratio() > self._alike:
                return number
        return None

    def add(self, song):
        self._songs[song.number] = song.title
        for word in song.words[:40]:
            self._with_word[word].add(song.number)
        self._matchers[song.number] = self._matcher(song)

    def _matcher(self, song):
        # The second sequence is the one that SequenceMatcher prepares: once for each song.
        return SequenceMatcher(None, (), song.words, autojunk=False)

    def _near(self, song):
        shared = Counter(number for word in song.words[:40] for number in self._with_word.get(word, ()))
        return [number for number, _ in shared.most_common(self._tried)]

    def __len__(self):
        return len(self._songs)
