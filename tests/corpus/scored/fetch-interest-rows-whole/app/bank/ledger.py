import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    above_cents: int
    percent: float


RATES = (Rate(5_000_000, 1.4), Rate(1_000_000, 1.1), Rate(0, 0.6))


class Ledger:
    def __init__(self, path):
        self._connection = sqlite3.connect(path)
        self._connection.execute("pragma cache_size = 200")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._connection.close()

    def bookings(self):
        """All bookings of the month, by account and day."""
        return self._connection.execute("select * from booking order by account, day").fetchall()
