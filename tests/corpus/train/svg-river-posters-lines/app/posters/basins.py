import random
from array import array
from collections.abc import Iterator

SIDE = 1_800


def relief(seed=17):
    """Heights of the whole country, in decimetres: one survey for all posters."""
    dice = random.Random(seed)
    row = array("d", (dice.uniform(200, 8_000) for _ in range(SIDE)))
    country = array("d")
    for line in range(SIDE):
        country.extend(row[line:] + row[:line])
    return country


RELIEF = relief()


def streams(basin, number=1_100) -> Iterator[list[tuple[float, float]]]:
    """The courses of all streams of a basin, each with some hundred points."""
    dice = random.Random(basin)
    for _ in range(number):
        x, y = dice.uniform(0, 3_000), dice.uniform(0, 4_000)
        course = []
        for _ in range(dice.randrange(60, 220)):
            height = RELIEF[int(y) % SIDE * SIDE + int(x) % SIDE]
            x, y = x + dice.gauss(2, 3), y + dice.gauss(1, 3) + height / 9_000
            course.append((x, y))
        yield course
