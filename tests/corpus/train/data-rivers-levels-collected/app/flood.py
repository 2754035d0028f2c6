import numpy as np

HOURS = 720


def rain(seed):
    """An hourly hyetograph of a wet month."""
    drops = np.random.default_rng(seed).gamma(0.4, 2.0, HOURS)
    return np.convolve(drops, np.exp(-np.arange(48) / 9.0), mode="same")


def simulate(reach, inflow):
    """Water levels by hour and section: a wave that runs down and flattens."""
    levels = np.empty((HOURS, reach.sections))
    delay = reach.kilometres / reach.sections / reach.slope
    level = np.zeros(reach.sections)
    for hour in range(HOURS):
        level[1:] += (level[:-1] - level[1:]) * min(0.9, 0.6 / (1 + delay))
        level[0] = inflow[hour]
        levels[hour] = level
    return levels
