import random
import zlib

from press import posters
from press.catalogue import bind
from press.tasks import results

TITLES = ("Spring Fair", "Chamber Concert", "Book Market", "Regatta", "Night of Museums")


def serve(orders, seed=41):
    """Take orders in sixes, wait until all six are ready, weigh them and send them off."""
    dice = random.Random(seed)
    ink = sheets = 0
    for start in range(0, orders, 6):
        numbers = [
            posters.rasterise.delay(
                f"{dice.choice(TITLES)} {start + place}", dice.choice(("A3", "A2", "A1", "B1"))
            )
            for place in range(6)
        ]
        for number in numbers:
            poster = results.get(number)
            if isinstance(poster, bytes):
                sheets += 1
                ink += len(poster) - poster.count(0)
    return sheets, ink, zlib.crc32(bind(TITLES, years=18))
