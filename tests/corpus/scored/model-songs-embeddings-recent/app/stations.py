from typing import NamedTuple

import numpy as np


class Clip(NamedTuple):
    station: str
    second: int
    mel: np.ndarray


def listen(stations, seconds):
    """What the microphones along a river heard, three seconds at a time."""
    numbers = np.random.default_rng(3)
    for second in range(0, seconds, 3):
        for station in stations:
            yield Clip(station, second, numbers.random((1, 1_280), dtype=np.float32))
