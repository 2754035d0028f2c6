"""Tells drivers to go slower where they would only wait at the next signal."""

from array import array
from functools import cache

METRES = 64_000


@cache
def gradients(line):
    """How steep the line is at every metre, in thousandths, from the survey of the track."""
    steep = array("d", ((metre * len(line)) % 25 - 12.0 for metre in range(METRES // 64)))
    return steep * 800


def advise(train, stop):
    early = train.due(stop) % 53 - train.number % 11
    up = gradients(train.line)[stop * 2_600]
    return f"{train.line} {train.number}: {early:.0f} s" if early + up > 20 else None
