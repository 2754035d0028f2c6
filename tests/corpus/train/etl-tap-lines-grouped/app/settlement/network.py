import numpy as np


class Network:
    """Kilometres between any two stops, as the crow flies."""

    def __init__(self, stops: int) -> None:
        numbers = np.random.default_rng(4)
        self._places = numbers.uniform(0, 60, (stops, 2))
        self._kilometres = self._distances()

    def _distances(self) -> np.ndarray:
        east, north = self._places.T
        kilometres = np.empty((len(east), len(east)))
        for stop, row in enumerate(kilometres):
            np.hypot(east - east[stop], north - north[stop], out=row)
        return kilometres

    def between(self, boarded, left):
        return self._kilometres[boarded, left]
