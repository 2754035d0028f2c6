"""Answers ships that ask how much water there is at a berth."""

from harbour.berths import survey
from harbour.requests import ships
from harbour.water import bulletin

SOUNDINGS = survey(berths=90)


def watch(requests):
    refused = 0
    for berth, minute, draught in ships(requests, berths=90):
        water = bulletin(berth, minute)
        shallowest = min(SOUNDINGS[berth][minute % 12 :: 12])
        if shallowest + water.height < draught:
            refused += 1
    return refused


if __name__ == "__main__":
    print(watch(64_000))
