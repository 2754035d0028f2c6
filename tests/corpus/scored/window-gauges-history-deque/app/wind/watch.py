from collections import deque

import pandas as pd


class Watch:
    """Compares each quarter of an hour with those before it."""

    def __init__(self, window=64):
        self.history = deque(maxlen=window)
        self.alarms = []

    def look(self, quarter):
        self.history.append(quarter)
        recent = self._means(list(self.history)[-4:])
        strange = recent[(recent - recent.mean()).abs() > 2.6 * recent.std()]
        self.alarms.extend(int(turbine) for turbine in strange.index)

    def bearing_of(self, turbine):
        """How the bearing of one turbine went over the window, for whoever looks after an alarm."""
        return [float(quarter.loc[turbine, "bearing"].mean()) for quarter in self.history]

    @staticmethod
    def _means(quarters):
        rows = [quarter["vibration"].groupby(level="turbine").mean() for quarter in quarters]
        return pd.concat(rows, axis=1).mean(axis=1)
