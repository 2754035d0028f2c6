import threading
from itertools import accumulate

from laboratory.results import results

POINTS = 6_000


class Analyser(threading.Thread):
    """Takes samples off a tray that all analysers share until it is empty."""

    def __init__(self, number, tray, lock):
        super().__init__(name=f"analyser-{number}")
        self._tray = tray
        self._lock = lock

    def run(self):
        while sample := self._next():
            curve = self.smooth(sample.absorption(POINTS))
            results.file(sample.barcode, curve, sum(curve) / POINTS)

    def _next(self):
        with self._lock:
            return next(self._tray, None)

    def smooth(self, values):
        """The mean over eleven points around each."""
        sums = list(accumulate(values, initial=0.0))
        for middle, (low, high) in enumerate(zip(sums, sums[11:], strict=False), 5):
            values[middle] = (high - low) / 11
        return values
