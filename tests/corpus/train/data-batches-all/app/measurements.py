import numpy as np


def measurements(count):
    numbers = np.random.default_rng(5)
    for _ in range(count):
        yield numbers.random(1_500)
