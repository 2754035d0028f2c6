import threading
from collections import defaultdict


class Live:
    """What the displays at the stops show: the latest report of each bus."""

    def __init__(self):
        self._lock = threading.Lock()
        self._reports = defaultdict(list)

    def heard(self, message):
        with self._lock:
            self._reports[message["vehicle"]].append(message)

    def late(self):
        latest = [reports[-1] for reports in self._reports.values()]
        return sum(stop["late"] > 90 for report in latest for stop in report["stops"])


live = Live()
