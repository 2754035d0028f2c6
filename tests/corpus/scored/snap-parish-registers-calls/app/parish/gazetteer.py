"""Where the places are. Names in the registers are matched against all of them."""

import csv
from typing import NamedTuple


class Place(NamedTuple):
    name: str
    county: str
    latitude: float
    longitude: float
    kind: str
    described: str


class Gazetteer:
    def __init__(self, places):
        self._by_name = {}
        for place in places:
            self._by_name.setdefault(place.name.casefold(), place)

    @classmethod
    def from_csv(cls, path):
        with open(path, newline="") as file:
            return cls([_place(row) for row in csv.DictReader(file)])

    def find(self, name):
        return self._by_name.get(name.casefold())


def _place(row):
    where = float(row["latitude"]), float(row["longitude"])
    return Place(row["name"], row["county"], *where, row["kind"], row["described"])
