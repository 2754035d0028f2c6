import shelve
from array import array

from shop.records import graded

STEPS = 150_000


class Catalogue:
    """The records of the shop in a file, by number."""

    def __init__(self, path):
        self._shelf = shelve.open(path)
        self._curves = {}

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._shelf.close()

    def add(self, record):
        self._shelf[record.number] = record

    def numbers(self):
        return sorted(self._shelf)

    def grade(self, number, day):
        record = graded(self._shelf[number], day)
        if record.label not in self._curves:
            self._curves[record.label] = demand(record.label)
        record.price += self._curves[record.label][day] % 3
        self._shelf[number] = record

    def value(self, numbers):
        return sum(self._shelf[number].price for number in numbers)


def demand(label):
    """How a label was sought over the years, hour by hour: one curve for each of five labels."""
    year = array("q", (hour * len(label) % 97 for hour in range(STEPS // 25)))
    return year * 100
