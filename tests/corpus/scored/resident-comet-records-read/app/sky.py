import numpy as np


def empty_sky(cells):
    return np.full((cells, cells // 2, 2), 25.0)


class Sky:
    """Where stars are known, cell by cell: whatever moves and is not here may be a comet."""

    def __init__(self, cells):
        self.known = empty_sky(cells)

    def is_new(self, ra, dec, mag):
        cell = int(ra / 360 * len(self.known)) % len(self.known), int((dec + 90) / 180 * 10)
        was = self.known[(*cell, 0)]
        self.known[(*cell, 0)] = min(was, mag)
        return mag + 1 < was
