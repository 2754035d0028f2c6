import numpy as np

DARK = 0.1


def correct(picture):
    np.subtract(picture, DARK, out=picture)
    np.clip(picture, 0, 1, out=picture)
