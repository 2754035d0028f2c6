import functools

import numpy as np

from vocabulary import read_vocabulary

DEPARTMENTS = ("front", "back", "cellar", "roof")
shared_vocabulary = functools.cache(read_vocabulary)


class Router:
    """Compares a message with the words by which a customer describes his departments."""

    def __init__(self, customer):
        self._vocabulary = shared_vocabulary()
        self._described = {
            name: self._mean([f"{name}{customer}"[:10], "anbeca" + name]) for name in DEPARTMENTS
        }
        self._asked = {}

    def department(self, text):
        if text not in self._asked:
            self._asked[text] = self._stacked(text.split())
        vector = self._asked[text].mean(axis=0)
        return max(DEPARTMENTS, key=lambda name: float(vector @ self._described[name]))

    def _stacked(self, words):
        return np.stack(
            [self._vocabulary[word] for word in words if word in self._vocabulary]
            or [np.ones(96, np.float32)]
        )

    def _mean(self, words):
        return self._stacked(words).mean(axis=0)
