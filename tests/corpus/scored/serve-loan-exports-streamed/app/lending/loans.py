import sqlite3

COLUMNS = ("day", "branch", "card", "shelfmark", "days")


class Loans:
    def __init__(self, path):
        self._path = path

    def of(self, year):
        """Rows of a year as the database gives them."""
        base = sqlite3.connect(self._path, check_same_thread=False)
        try:
            query = "select day, branch, card, mark, days from loan where year = ?"
            yield from base.execute(query, (year,))
        finally:
            base.close()
