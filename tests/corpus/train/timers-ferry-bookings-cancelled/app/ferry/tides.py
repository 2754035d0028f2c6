from array import array
from functools import lru_cache
from math import sin

STEPS = 60_000
ISLANDS = {"Skagen": 0.3, "Sylt": 1.9, "Bornholm": 0.1, "Gotland": 0.2}


@lru_cache(maxsize=48)
def tides(island, day):
    """The level of the sea in centimetres along the day, at the quay of an island."""
    height = ISLANDS[island] * 100
    wave = array("d", (height * sin(step / 40 + day) for step in range(STEPS // 100)))
    return wave * 100
