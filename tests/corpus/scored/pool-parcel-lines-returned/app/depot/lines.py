from collections import deque
from contextlib import contextmanager

import psycopg


class Lines:
    """Connections to the database, lent to whoever sorts a parcel."""

    def __init__(self, url):
        self._url = url
        self._free = deque()
        self._lent = set()

    @contextmanager
    def lend(self):
        line = self._free.popleft() if self._free else psycopg.connect(self._url, autocommit=True)
        self._lent.add(line)
        try:
            yield line
        finally:
            self._lent.discard(line)
            self._free.append(line)

    def close(self):
        for line in (*self._free, *self._lent):
            line.close()
