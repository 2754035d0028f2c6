import numpy as np

SIZE = 150

_heights = None


def open_heights(path):
    """Run once in every process; the file is mapped."""
    global _heights
    _heights = np.load(path, mmap_mode="r")


def squares():
    height, width = _heights.shape
    return [(y, x) for y in range(0, height, SIZE) for x in range(0, width, SIZE)]


def shade(corner):
    """Light from the north-west on a square of hills: a value for each point."""
    y, x = corner
    square = _heights[y : y + SIZE, x : x + SIZE].astype(np.float64)
    down, right = np.gradient(square)
    light = np.cos(np.arctan(np.hypot(down, right))) + 0.3 * np.arctan2(down, right)
    return np.clip(light, 0, 1)
