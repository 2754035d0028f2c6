import numpy as np


class WindRose:
    """The wind at every turbine, and whence, with room for the whole year."""

    def __init__(self, turbines, tens_of_minutes):
        self._wind = np.full((turbines, tens_of_minutes, 3), np.nan)

    def add(self, winds):
        for turbine, minute, wind, yaw in winds:
            self._wind[turbine, minute // 10] = wind, np.sin(yaw), np.cos(yaw)

    def strongest(self):
        return np.nanmax(self._wind[:, :, 0], axis=1).round(1)[:4].tolist()
