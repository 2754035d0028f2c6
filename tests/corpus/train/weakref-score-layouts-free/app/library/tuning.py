"""The tone to which each instrument is tuned, forty seconds of it, played from the stand."""

from array import array
from functools import cache
from math import sin

RATE, SECONDS = 44_100, 40
OVERTONES = {"violin": 9, "viola": 8, "cello": 8, "oboe": 5, "horn": 4, "timpani": 2}


@cache
def reference(instrument):
    number = OVERTONES[instrument]
    second = (
        sum(sin(step * 0.0627 * tone) / tone for tone in range(1, number + 1)) for step in range(RATE // 10)
    )
    return array("h", (int(9_000 * value) for value in second)) * (10 * SECONDS)
