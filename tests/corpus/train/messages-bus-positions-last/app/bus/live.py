import threading

from bus.timetable import read_timetable


class Live:
    """What the displays at the stops show: the latest report of each bus, beside the timetable."""

    def __init__(self):
        self._lock = threading.Lock()
        self._reports = {}
        self._timetable = read_timetable()

    def heard(self, message):
        with self._lock:
            self._reports[message["vehicle"]] = message

    def late(self):
        return sum(
            stop["late"] > 90 and self._timetable[report["line"]] != []
            for report in self._reports.values()
            for stop in report["stops"]
        )


live = Live()
