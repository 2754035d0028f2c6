import zlib
from functools import lru_cache

import numpy as np


class WordTable:
    """Vectors of word pieces, trained elsewhere, and hashed so that no word is unknown."""

    def __init__(self, path):
        self._rows = np.load(path)

    @lru_cache(maxsize=2_000)  # noqa: B019
    def pieces(self, word):
        word = f"<{word}>"
        grams = {word[at : at + 4] for at in range(len(word) - 3)}
        return tuple(zlib.crc32(gram.encode()) % len(self._rows) for gram in sorted(grams))

    def of(self, word):
        return self._rows[list(self.pieces(word))].mean(axis=0)

    @property
    def width(self):
        return self._rows.shape[1]
