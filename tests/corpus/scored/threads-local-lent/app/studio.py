from concurrent.futures import ThreadPoolExecutor


class Studio:
    """Threads for the busiest hour: they mostly wait for the disk."""

    def __init__(self, make):
        self._make = make
        self._threads = ThreadPoolExecutor(max_workers=40)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._threads.shutdown()

    def work(self, names):
        return list(self._threads.map(self._make, names))
