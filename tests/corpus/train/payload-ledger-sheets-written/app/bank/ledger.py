"""The movements of the accounts, fetched from the database in the order that the auditors want."""

import sqlite3

PER_BRANCH = 8_000
SAMPLED = 6


class Ledger:
    def __init__(self, branches):
        self.branches = [f"Branch {number:02d}" for number in range(branches)]
        file = sqlite3.connect("")
        file.execute("PRAGMA cache_size = -400")
        file.execute("CREATE TABLE movement (branch, day, account, holder, purpose, amount)")
        for branch in self.branches:
            rows = (self._movement(branch, number) for number in range(PER_BRANCH))
            file.executemany("INSERT INTO movement VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._movements = self._fetch(file)

    def movements(self, branch):
        """A sample: every sixth one."""
        own = (row[1:] for row in self._movements if row[0] == branch)
        return (row for number, row in enumerate(own) if number % SAMPLED == 0)

    @staticmethod
    def _fetch(file):
        return file.execute("SELECT * FROM movement ORDER BY branch, account, day").fetchall()

    @staticmethod
    def _movement(branch, number):
        day = f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        return (
            branch,
            day,
            70_000 + number % 400,
            f"Holder {number % 400}",
            f"Invoice {number}",
            number * 17 % 9_000 / 100,
        )
