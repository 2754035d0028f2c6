from collections import Counter


class Index:
    """How many children were baptised, by year and county."""

    def __init__(self, gazetteer):
        self._gazetteer = gazetteer
        self._baptisms = Counter()
        self.unplaced = 0

    def add(self, entry):
        place = self._gazetteer.find(entry["abode"])
        if place is None:
            self.unplaced += 1
        else:
            self._baptisms[entry["year"], place.county] += 1

    def summary(self):
        return f"{self._baptisms.total()} baptisms, {self.unplaced} of unknown abode"


def collect(archive, index, books, pages):
    for book in books:
        for number in range(1, pages + 1):
            for entry in archive.page(book, number):
                index.add(entry)
