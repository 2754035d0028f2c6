"""One frame a site and minute: rows of reflectivity, one byte a cell."""

from cachetools import LRUCache, cachedmethod

MEBIBYTE = 1024 * 1024
SIDE = 150


class Frames:
    def __init__(self):
        self._frames = LRUCache(maxsize=6 * MEBIBYTE)

    @cachedmethod(lambda self: self._frames)
    def frame(self, site, minute):
        return bytes().join(self._row(site, minute, y) for y in range(SIDE))

    @staticmethod
    def _row(site, minute, y):
        start = (site * 31 + minute + y) % 60
        return bytes(range(start, start + SIDE))
