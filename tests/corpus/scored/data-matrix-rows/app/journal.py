import numpy as np


class Journal:
    """Where every bicycle was in every minute, and where it went."""

    def __init__(self):
        self._minutes = {}

    def write(self, minute, bicycles, stations):
        self._minutes[minute] = self.table(bicycles, stations)

    def table(self, bicycles, stations):
        return np.column_stack([bicycles, stations, np.sqrt(bicycles), bicycles**2])

    def moved(self):
        first, *rest = self._minutes.values()
        return sum(int((minute[:, 3] != first[:, 3]).sum()) for minute in rest)
