import asyncio

import numpy as np

SHALLOW = 260


class Chart:
    """How much of each tile is shallow, and the mean depth."""

    def __init__(self, columns, rows):
        self.places = [(column, row) for row in range(rows) for column in range(columns)]
        self.mean = np.zeros((rows, columns), np.float32)
        self.shallow = np.zeros((rows, columns), np.float32)

    def enter(self, place, depths):
        column, row = place
        self.mean[row, column] = depths.mean()
        self.shallow[row, column] = (depths < SHALLOW).mean()


async def survey(office, columns, rows):
    chart = Chart(columns, rows)
    tiles = await asyncio.gather(*(office.soundings(*place) for place in chart.places))
    for place, depths in zip(chart.places, tiles, strict=True):
        chart.enter(place, depths)
    return chart
