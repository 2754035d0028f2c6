import numpy as np
from vectors import VECTORS


def nearest(word):
    return np.argsort(VECTORS @ VECTORS[word])[-5:]
