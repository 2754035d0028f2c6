import numpy as np

SIDE = 448


class Camera:
    def __init__(self, seed=21):
        self._noise = np.random.default_rng(seed)
        self._stars = self._noise.integers(0, SIDE, (60, 2))
        self._darks = dark_frames(self._noise)

    def expose(self, field):
        """A plate of 16-bit grey values; the sky has turned a little since the last one."""
        plate = self._noise.integers(90, 130, (SIDE, SIDE), dtype=np.uint16)
        rows, columns = (self._stars + field).T % SIDE
        plate[rows, columns] += 9_000
        return plate - self._darks[field % len(self._darks)].astype(np.uint16)


def dark_frames(noise, temperatures=16):
    """What the chip shows with the shutter closed, at every temperature it may have in a night."""
    return noise.random((temperatures, SIDE, SIDE)) * 6.0
