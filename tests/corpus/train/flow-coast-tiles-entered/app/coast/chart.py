import asyncio

import numpy as np

SHALLOW = 260
SIDE = 128


class Chart:
    """Depths of the whole coast on every second square, and how much of each tile is shallow."""

    def __init__(self, columns, rows):
        self.places = [(column, row) for row in range(rows) for column in range(columns)]
        self.depths = np.full((rows * SIDE // 2, columns * SIDE // 2), -1, np.float32)
        self.shallow = np.zeros((rows, columns), np.float32)

    def enter(self, place, depths):
        column, row = place
        top, left = row * SIDE // 2, column * SIDE // 2
        self.depths[top : top + SIDE // 2, left : left + SIDE // 2] = depths[::2, ::2]
        self.shallow[row, column] = (depths < SHALLOW).mean()

    @property
    def mean(self):
        return self.depths


async def survey(office, columns, rows):
    chart = Chart(columns, rows)

    async def sound(place):
        chart.enter(place, await office.soundings(*place))

    await asyncio.gather(*(sound(place) for place in chart.places))
    return chart
