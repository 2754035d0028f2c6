import numpy as np


class Library:
    """Songs as vectors."""

    def __init__(self, path):
        with np.load(path) as songs:
            self._vectors = songs["vectors"]
            self._years = songs["years"]

    def vector(self, song):
        return self._vectors[song].copy()

    def near(self, vector, since):
        recent = np.flatnonzero(self._years >= since)[:400]
        return [song for song in recent.tolist() if song % 7 == int(abs(vector[0]) * 10) % 7]
