import pickle

import numpy as np


class Demand:
    """Log-linear in the factors of a day; one row of weights an article."""

    def __init__(self, codes, weights, usual):
        self.codes = codes
        self._weights = weights
        self._usual = usual

    @property
    def factors(self):
        return self._weights.shape[1]

    def expected(self, factors):
        return np.exp(np.clip(self._usual + np.einsum("af,f->a", self._weights, factors), 0, 6))


def load_demand(path):
    with open(path, "rb") as file:
        return pickle.load(file)
