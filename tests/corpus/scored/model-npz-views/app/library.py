import numpy as np


class Library:
    """Songs as vectors."""

    def __init__(self, path):
        self._songs = np.load(path)

    def vector(self, song):
        return self._songs["vectors"][song]

    def near(self, vector, since):
        recent = np.flatnonzero(self._songs["years"] >= since)[:400]
        return [song for song in recent.tolist() if song % 7 == int(abs(vector[0]) * 10) % 7]
