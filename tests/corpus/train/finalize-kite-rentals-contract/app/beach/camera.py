"""Photographs of customers in the air, which they buy in the evening: all of them are shown."""

import random

WIDTH, HEIGHT = 240, 160


def gust(number):
    sky = random.Random(number).randbytes(WIDTH)
    return b"".join(sky[row % WIDTH :] + sky[: row % WIDTH] for row in range(HEIGHT))


def contact_sheet(album):
    """A row of every eighth dot of each photograph."""
    return b"\n".join(photograph[: WIDTH * 8 : 8] for photograph in album)
