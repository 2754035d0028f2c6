from collections import deque

import psycopg


class Lines:
    """Connections to the database, lent to whoever sorts a parcel."""

    def __init__(self, url):
        self._url = url
        self._free = deque()
        self._lent = set()

    def lend(self):
        line = self._free.popleft() if self._free else psycopg.connect(self._url, autocommit=True)
        self._lent.add(line)
        return line

    def back(self, line):
        self._lent.discard(line)
        self._free.append(line)

    def close(self):
        for line in (*self._free, *self._lent):
            line.close()
