import numpy as np


def photo_of(name):
    return np.full((400, 400, 3), len(name), np.uint8)
