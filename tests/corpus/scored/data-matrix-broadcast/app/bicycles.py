import numpy as np


def positions(count, seed):
    return np.random.default_rng(seed).random((count, 3)) * 9_000
