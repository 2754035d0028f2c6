import numpy as np

from vocabulary import read_vocabulary

DEPARTMENTS = ("front", "back", "cellar", "roof")


class Router:
    """Compares a message with the words by which a customer describes his departments."""

    def __init__(self, customer):
        self._vocabulary = read_vocabulary()
        self._described = {
            name: self._mean([f"{name}{customer}"[:10], "anbeca" + name]) for name in DEPARTMENTS
        }

    def department(self, text):
        vector = self._mean(text.split())
        return max(DEPARTMENTS, key=lambda name: float(vector @ self._described[name]))

    def _mean(self, words):
        found = [self._vocabulary[word] for word in words if word in self._vocabulary]
        return np.mean(found, axis=0) if found else np.ones(96, np.float32)
