import random
from collections.abc import Iterator


def streams(basin, number=1_100) -> Iterator[list[tuple[float, float]]]:
    """The courses of all streams of a basin, each with some hundred points."""
    dice = random.Random(basin)
    for _ in range(number):
        x, y = dice.uniform(0, 3_000), dice.uniform(0, 4_000)
        course = []
        for _ in range(dice.randrange(60, 220)):
            x, y = x + dice.gauss(2, 3), y + dice.gauss(1, 3)
            course.append((x, y))
        yield course
