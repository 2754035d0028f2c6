import numpy as np


def nearest(bicycles, stations):
    """The number of the nearest station for each bicycle."""
    found = np.empty(len(bicycles), np.int64)
    for start in range(0, len(bicycles), 20):
        between = bicycles[start : start + 20, None, :] - stations[None, :, :]
        found[start : start + 20] = np.sqrt((between**2).sum(axis=-1)).argmin(axis=1)
    return found
