import numpy as np


def measurements(count, at_once):
    numbers = np.random.default_rng(5)
    for _ in range(count // at_once):
        yield numbers.random((at_once, 1_500))
