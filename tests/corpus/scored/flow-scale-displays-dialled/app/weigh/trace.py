import numpy as np

KEPT = 500_000


class Trace:
    """The last readings in a ring, to see whether the bridge drifts."""

    def __init__(self):
        self._ring = np.zeros(KEPT, np.float32)
        self._next = 0

    def add(self, readings):
        places = (self._next + np.arange(len(readings))) % len(self._ring)
        self._ring[places] = readings - np.median(readings)
        self._next += len(readings)

    def drift(self):
        return float(self._ring.mean())
