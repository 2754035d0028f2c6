import numpy as np


def nearest(bicycles, stations):
    """The number of the nearest station for each bicycle."""
    between = bicycles[:, None, :] - stations[None, :, :]
    return np.sqrt((between**2).sum(axis=-1)).argmin(axis=1)
