import numpy as np


def calls(count):
    for number in range(count):
        yield f"caller {number}", np.full((1, 700), number / 10, np.float32)
