import threading
from concurrent.futures import ThreadPoolExecutor

from prices import check, read_sheets


class Workshop:
    """Most of the time a worker waits for its supplier; only a few may read at once."""

    def __init__(self, workers, readers):
        self._pool = ThreadPoolExecutor(workers)
        self._started = threading.Barrier(workers)
        self._reading = threading.Semaphore(readers)
        self.catalogue = {}
        for _ in range(workers):
            self._pool.submit(self._started.wait)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._pool.shutdown(wait=True)

    def take(self, price_list):
        return self._pool.submit(self._take, *price_list)

    def _take(self, supplier, articles):
        with self._reading:
            sheets, self.catalogue[supplier] = read_sheets(supplier, articles)
            check(sheets)
