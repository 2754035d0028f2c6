import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock


class Board:
    """Jobs by their number: handed in, worked on, and fetched by whoever has the number."""

    def __init__(self, workers):
        self._pool = ThreadPoolExecutor(workers)
        self._lock = Lock()
        self._numbers = itertools.count(1)
        self._pending = {}
        self._results = {}

    def submit(self, work, *arguments):
        number = next(self._numbers)
        with self._lock:
            self._pending[number] = Event()
        future = self._pool.submit(work, *arguments)
        future.add_done_callback(lambda done: self._finished(number, done))
        return number

    def fetch(self, number):
        self._pending[number].wait()
        with self._lock:
            self._pending.pop(number)
            return self._results[number]

    def _finished(self, number, done):
        with self._lock:
            self._results[number] = done.result()
            self._pending[number].set()

    def close(self):
        self._pool.shutdown()

    def __str__(self):
        return f"{len(self._pending)} jobs pending"


board = Board(workers=4)
