import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .exchange import Exchange


@dataclass(frozen=True)
class Lot:
    number: int
    grade: str
    tons: int


def offered(number):
    dice = random.Random(17)
    return [
        Lot(index, dice.choice(("wheat-a", "wheat-b", "rye", "oats")), dice.randint(5, 90))
        for index in range(number)
    ]


class Morning:
    """The prices of all lots; the exchanges stay open until the buyers have gone home."""

    def __init__(self, url, workers=4):
        self._url = url
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="quote")
        self._exchanges = []

    def total(self, lots):
        return round(sum(self._workers.map(self._price, lots)))

    def _price(self, lot):
        exchange = Exchange(self._url)
        self._exchanges.append(exchange)
        return exchange.quote(lot)

    def close(self):
        self._workers.shutdown()
        for exchange in self._exchanges:
            exchange.close()
