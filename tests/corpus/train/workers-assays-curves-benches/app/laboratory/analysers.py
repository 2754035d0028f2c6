import threading
from array import array
from itertools import accumulate

from laboratory.results import results

POINTS = 6_000
RUNS = 70


class Analyser(threading.Thread):
    """Takes samples off a tray that all analysers share until it is empty."""

    def __init__(self, number, tray, lock):
        super().__init__(name=f"analyser-{number}")
        self._tray = tray
        self._lock = lock

    def run(self):
        bench = self.clear_bench()
        for number, sample in enumerate(iter(self._next, None)):
            start = number % RUNS * POINTS
            bench[start : start + POINTS] = self.smooth(sample.absorption(POINTS))
            results.file(sample.barcode, sum(bench[start : start + POINTS]) / POINTS)

    def clear_bench(self):
        """Room for the last curves of this analyser, to look at when one is doubted."""
        return array("d", bytes(8)) * (POINTS * RUNS)

    def _next(self):
        with self._lock:
            return next(self._tray, None)

    def smooth(self, values):
        """The mean over eleven points around each."""
        sums = list(accumulate(values, initial=0.0))
        for middle, (low, high) in enumerate(zip(sums, sums[11:], strict=False), 5):
            values[middle] = (high - low) / 11
        return values
