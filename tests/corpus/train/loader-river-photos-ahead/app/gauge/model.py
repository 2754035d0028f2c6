import numpy as np


class Near:
    """The level of the photos that look most alike; each that is learnt is kept as it is."""

    def __init__(self):
        self._photos = []
        self._levels = []
        self.error = 0.0

    def learn(self, pixels, level):
        if self._photos:
            self.error = 0.95 * self.error + 0.05 * abs(self.level_of(pixels) - level)
        self._photos.append(self._small(pixels))
        self._levels.append(level)

    def level_of(self, pixels):
        small = self._small(pixels)
        apart = [float(((photo - small) ** 2).sum()) for photo in self._photos]
        return float(np.mean([self._levels[at] for at in np.argsort(apart)[:3]]))

    def _small(self, pixels):
        """Without colour, in double precision so that sums of squares are exact."""
        return pixels.mean(axis=2, dtype=np.float64)
