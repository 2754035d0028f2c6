"""The yarns of the mill's list, with their colours as the dyer mixes them."""

import random
from array import array


def read_yarns(yarns=210):
    dice = random.Random(56)
    return {f"yarn {number:03}": _colour(dice) for number in range(yarns)}


def _colour(dice):
    """Reflectance by wavelength, under each of the lamps of the show-room."""
    base = array("f", (dice.random() for _ in range(401)))
    return [array("f", base * 4) for _ in range(6)]


YARNS = read_yarns()
