from collections import OrderedDict
from dataclasses import dataclass

BLOCK = 160
READERS = 12


@dataclass(slots=True)
class Deed:
    year: int
    seller: str
    buyer: str
    terms: str

    def line(self):
        return f"{self.year}: {self.seller} to {self.buyer}, {self.terms[:60]}"


def deeds_of(base, street):
    """Deeds of a street by year, read from the database in blocks."""
    query = "select year, seller, buyer, terms from deed where street = ? order by year"
    rows = base.execute(query, (street,))
    while block := rows.fetchmany(BLOCK):
        for row in block:
            yield Deed(*row)


class Scrolls:
    """Where the last readers stopped; there are twelve seats."""

    def __init__(self):
        self._open = OrderedDict()

    def put(self, number, deeds):
        self._open[number] = deeds
        if len(self._open) > READERS:
            _, left = self._open.popitem(last=False)
            left.close()

    def take(self, number):
        self._open.move_to_end(number)
        return self._open[number]

    def __len__(self):
        return len(self._open)
