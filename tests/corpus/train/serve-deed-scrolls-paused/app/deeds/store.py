import random
import sqlite3
from contextlib import contextmanager
from itertools import count, islice

from deeds.scroll import Scrolls, deeds_of

STREETS = ("Ash Lane", "Bell Yard", "Castle Rise", "Dyer's Hill", "Elm Row", "Fuller's Walk")
TRADES = ("cooper", "chandler", "dyer", "fuller", "glover", "mercer", "tanner", "wright")
PAGE = 20


class Store:
    def __init__(self, base):
        self._base = base
        self._scrolls = Scrolls()
        self._numbers = count(1)

    def search(self, street):
        return self._page(next(self._numbers), deeds_of(self._base, street))

    def more(self, number):
        return self._page(number, self._scrolls.take(number))

    def open_scrolls(self):
        return len(self._scrolls)

    def _page(self, number, deeds):
        page = {"deeds": [deed.line() for deed in islice(deeds, PAGE)]}
        if len(page["deeds"]) == PAGE:
            self._scrolls.put(number, deeds)
            page["more"] = number
        return page


@contextmanager
def filled(deeds, seed=7):
    """A register of deeds in a database."""
    dice = random.Random(seed)
    base = sqlite3.connect(":memory:", check_same_thread=False)
    base.execute("create table deed (year int, street text, seller text, buyer text, terms text)")
    base.executemany("insert into deed values (?, ?, ?, ?, ?)", (_deed(dice) for _ in range(deeds)))
    base.execute("create index by_street on deed (street, year)")
    yield Store(base)
    base.close()


def _deed(dice):
    terms = "with all ways, waters and easements thereto belonging; " * dice.choice((2, 3, 4))
    parties = [f"{dice.choice(TRADES)} no. {dice.randrange(900)}" for _ in range(2)]
    return dice.randrange(1_690, 1_900), dice.choice(STREETS), *parties, terms
