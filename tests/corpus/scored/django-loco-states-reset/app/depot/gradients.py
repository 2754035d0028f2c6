"""The gradient of every metre of the lines that a depot works, in hundredths of a per mille."""

from array import array

LINES = {
    "valley": 212_000,
    "summit": 148_000,
    "lake": 396_000,
    "border": 871_000,
    "salt": 94_000,
    "coast": 1_190_000,
}


def read_line(name, metres):
    heights = array("q", [0]) * metres
    climb = len(name) * 37
    for at in range(0, metres, 1_000):
        climb = (climb * 41 + at) % 2_501 - 1_250
        heights[at : at + 1_000] = array("q", [climb]) * len(heights[at : at + 1_000])
    return heights


lines = {name: read_line(name, metres) for name, metres in LINES.items()}


def steepest(name, start, length):
    return max(lines[name][start : start + length])
