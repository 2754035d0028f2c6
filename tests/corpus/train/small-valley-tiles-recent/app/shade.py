"""Relief for the map of the valley: slopes that look at the sun are bright."""

import math
from functools import lru_cache

import numpy as np
from PIL import Image
from terrain import TERRAIN

TILE = 64


@lru_cache(maxsize=48)
def tile(column, row, angle):
    """One tile under the sun of a moment, ready to be drawn over."""
    cut = TERRAIN[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
    north, east = np.gradient(cut)
    light = 140 + 5 * (north * math.cos(angle) + east * math.sin(angle))
    grey = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
    return grey.convert("RGB")
