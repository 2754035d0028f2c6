"""Estimates the prices of flats."""

import numpy as np
from estimate import estimate


def serve():
    return [estimate(np.full((1, 6), number / 10)) for number in range(6)]


if __name__ == "__main__":
    print(serve())
