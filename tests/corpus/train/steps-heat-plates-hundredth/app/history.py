import numpy as np


class History:
    """The temperatures of a plate in the course of its quenching: room for every frame, made at once."""

    def __init__(self, every, steps, shape):
        self.every = every
        self._frames = np.zeros((steps // every, *shape))

    def note(self, step, temperatures):
        if step % self.every == 0:
            self._frames[step // self.every] = temperatures

    def curve(self, row, column):
        """The temperature of one point, at the times that are plotted."""
        temperatures = self._frames[:, row, column]
        return [(number * self.every, float(degrees)) for number, degrees in enumerate(temperatures)]
