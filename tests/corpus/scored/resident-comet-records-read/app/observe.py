"""Writes the plates of a survey as the telescope's archive has them: records of 48 bytes."""

import numpy as np

NAMES = ("epoch", "ra", "dec", "mag", "seeing")
PLATE = np.dtype([("star", "<i8"), *((name, "<f8") for name in NAMES)])

chance = np.random.default_rng(1910)
with open("plates.dat", "wb") as file:
    for night in range(60):
        rows = np.zeros(20_000, PLATE)
        rows["star"] = np.arange(20_000)
        rows["epoch"] = night
        rows["ra"] = chance.random(20_000) * 360
        rows["dec"] = chance.random(20_000) * 180 - 90
        rows["mag"] = 9 + chance.random(20_000) * 8
        rows["seeing"] = chance.random(20_000)
        file.write(rows.tobytes())
