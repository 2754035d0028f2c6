"""Counts how often a bird is heard at one station and at the next one downstream at once."""

import itertools

from recogniser import Recogniser
from stations import listen

STATIONS = ("weir", "mill", "ferry", "island")

recogniser = Recogniser("birdsong.onnx")


def count(seconds):
    heard = 0
    for clip, downstream in itertools.pairwise(listen(STATIONS, seconds)):
        heard += recogniser.alike(clip, downstream) > 0.8
    return heard


if __name__ == "__main__":
    print(count(seconds=3_000))
