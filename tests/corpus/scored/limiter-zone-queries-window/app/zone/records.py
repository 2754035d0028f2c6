"""The zone as its master file has it: an address, a place and who looks after it."""

import random
from typing import NamedTuple


class Record(NamedTuple):
    address: bytes
    place: str
    contact: str
    ttl: int


def master_file(origin, domes=30_000, seed=12):
    dice = random.Random(seed)
    for number in range(domes):
        east, north = dice.uniform(-180, 180), dice.uniform(-70, 80)
        place = (
            f"{abs(north):.5f} {'NS'[north < 0]} {abs(east):.5f} {'EW'[east < 0]} {dice.randrange(4_000)}m"
        )
        yield f"dome{number}.{origin} {number} {dice.randrange(300, 90_000)} {place}"


def read_zone(origin):
    """All records by their names, read once when the server starts."""
    zone = {}
    for line in master_file(origin):
        name, number, ttl, place = line.split(" ", 3)
        zone[name] = Record(bytes((10, 61, *divmod(int(number), 256))), place, f"keeper.{name}", int(ttl))
    return zone
