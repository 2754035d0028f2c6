import numpy as np


def wet_slope(hours, squares):
    return np.full((hours, squares), 0.31)


class Soil:
    """Water in the soil of the slope, by hour and square metre, over a season."""

    def __init__(self, hours, squares):
        self._water = wet_slope(hours, squares)

    def dry(self, hour):
        self._water[hour] *= 0.98
        return float(self._water[hour].mean())
