import random
from array import array
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    barcode: str
    seed: int

    def absorption(self, points):
        """Raw values of the photometer; noisy, so measured over and over."""
        noise = random.Random(self.seed)
        period = array("d", (noise.gauss(1.0, 0.2) for _ in range(500)))
        return period * (points // 500)


def tray(number, places=24):
    for place in range(places):
        yield Sample(f"{number:04}-{place:02}", number * places + place)
