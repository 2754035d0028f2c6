import numpy as np

SIDE = 448


class Camera:
    def __init__(self, seed=21):
        self._noise = np.random.default_rng(seed)
        self._stars = self._noise.integers(0, SIDE, (60, 2))

    def expose(self, field):
        """A plate of 16-bit grey values; the sky has turned a little since the last one."""
        plate = self._noise.integers(90, 130, (SIDE, SIDE), dtype=np.uint16)
        rows, columns = (self._stars + field).T % SIDE
        plate[rows, columns] += 9_000
        return plate
