import pandas as pd


class Watch:
    """Compares each quarter of an hour with those before it."""

    def __init__(self, window=4):
        self.window = window
        self.history = []
        self.alarms = []

    def look(self, quarter):
        self.history.append(quarter)
        recent = self._means(self.history[-self.window :])
        strange = recent[(recent - recent.mean()).abs() > 2.6 * recent.std()]
        self.alarms.extend(int(turbine) for turbine in strange.index)

    @staticmethod
    def _means(quarters):
        rows = [quarter["vibration"].groupby(level="turbine").mean() for quarter in quarters]
        return pd.concat(rows, axis=1).mean(axis=1)
