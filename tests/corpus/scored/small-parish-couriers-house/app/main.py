"""Tells the parishes of a diocese which houses have new owners."""

import random
import time

from couriers import House
from offices import offices
from parishes import parish_of


def notices(count):
    chance = random.Random(3)
    for number in range(count):
        reach = 12 + number // 4
        yield number, chance.uniform(0, 690), chance.uniform(0, min(reach * 10, 590))


def work(house):
    for number, x, y in notices(240):
        parish = parish_of(x, y)
        if parish is not None:
            house.courier(parish // 280).bring(parish, f"House {number} has a new owner.")
        time.sleep(0.008)


if __name__ == "__main__":
    with offices() as address:
        house = House(address)
        work(house)
    print({deanery: courier.brought for deanery, courier in house.couriers.items()})
