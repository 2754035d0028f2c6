import numpy as np


class Citations:
    """How often one act names another, section by section."""

    def __init__(self, acts):
        self._counts = np.ones((acts + 1, acts + 1, 140), np.float64)

    def add(self, act, named, section):
        self._counts[act, named, section] += 1

    def most_named(self):
        return int(self._counts.sum(axis=(0, 2)).argmax())
