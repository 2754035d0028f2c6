import numpy as np


class Trigrams:
    """A bit for each trigram and bucket of entries, in bytes."""

    def __init__(self, rows, buckets):
        self.seen = np.zeros((rows, buckets * 4), np.uint8)
        self.buckets = buckets

    def add(self, number, text):
        for at in range(0, len(text) - 3, 9):
            self.seen[hash(text[at : at + 3]) % len(self.seen), number % self.buckets] = 1
