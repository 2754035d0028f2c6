"""The map service: a walker's page shows four tiles, each under the sun as it stands."""

import math
import time
from dataclasses import dataclass

from PIL import ImageDraw
from shade import tile


@dataclass(frozen=True, slots=True)
class Page:
    walker: int
    minute: int
    column: int
    row: int


class Maps:
    def __init__(self):
        self.drawn = 0

    def sun(self, minute):
        return (minute - 720) / 720 * math.pi

    def draw(self, page):
        for across in (0, 1):
            for down in (0, 1):
                relief = tile(page.column + across, page.row + down, self.sun(page.minute))
                self._mark(relief.copy(), page)
        self.drawn += 1

    def _mark(self, picture, page):
        ImageDraw.Draw(picture).ellipse((20, 20, 28, 28), fill=(page.walker % 255, 0, 0))
        return picture.tobytes()


def walk(pages):
    maps = Maps()
    for number in range(pages):
        maps.draw(Page(number % 7, 360 + number, (number * 5) % 48, (number * 3) % 48))
        if number % 4 == 0:
            time.sleep(0.02)
    return maps
