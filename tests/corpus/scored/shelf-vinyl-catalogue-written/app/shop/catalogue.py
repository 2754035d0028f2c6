import shelve

from shop.records import graded


class Catalogue:
    """The records of the shop in a file, by number."""

    def __init__(self, path):
        self._shelf = shelve.open(path, writeback=True)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._shelf.close()

    def add(self, record):
        self._shelf[record.number] = record
        if len(self._shelf.cache) >= 100:
            self._shelf.sync()

    def numbers(self):
        return sorted(self._shelf)

    def grade(self, number, day):
        graded(self._shelf[number], day)

    def value(self, numbers):
        return sum(self._shelf[number].price for number in numbers)
