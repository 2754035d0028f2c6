"""What the stations in a vineyard measured in past seasons, and how sweet the grapes were."""

import numpy as np


def seasons(plots, days=1_400, sensors=9):
    """Per plot the measurements of each day, and the sugar in degrees Oechsle."""
    chance = np.random.default_rng(77)
    weather = chance.normal(0, 1, (plots, days, sensors))
    sugar = 84 + 6 * weather[:, :, 0] - 3 * np.abs(weather[:, :, 3]) + chance.normal(0, 1.5, (plots, days))
    return weather, sugar
