import random
from array import array
from typing import NamedTuple


class Record(NamedTuple):
    station: str
    hour: int
    samples: array


STATIONS = ("AQU", "BFO", "CLF", "DSB", "ECH")
RATE = 1_600  # samples that are kept of a minute's hundred-fold


def noise(dice, scale):
    block = array("i", (int(dice.gauss(0, scale)) for _ in range(RATE // 8)))
    return block * 8


def records(hours, seed=1_755):
    """One record for each station and minute, in the order in which they were telemetered."""
    dice = random.Random(seed)
    for hour in range(hours):
        for station in STATIONS:
            for _ in range(60):
                yield Record(station, hour, noise(dice, 40 + 30 * (hour == 4 and station == "ECH")))
