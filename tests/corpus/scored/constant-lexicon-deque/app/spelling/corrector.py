from collections import deque


class Corrector:
    def __init__(self, frequencies):
        self._frequencies = frequencies
        self._revisions = deque(maxlen=100)
        self.corrected = 0

    def correct(self, text):
        words = [self._best(word) for word in text.split(" ")]
        better = " ".join(words)
        self._revisions.append((text, better))
        self.corrected += better != text
        return better

    def _best(self, word):
        if word in self._frequencies:
            return word
        shorter = word[:-1]
        return shorter if shorter in self._frequencies else word
