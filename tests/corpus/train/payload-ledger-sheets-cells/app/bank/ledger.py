"""The movements of the accounts, in a database on disk."""

import sqlite3

PER_BRANCH = 1_500


class Ledger:
    def __init__(self, branches):
        self.branches = [f"Branch {number:02d}" for number in range(branches)]
        self._file = sqlite3.connect("")
        self._file.execute("PRAGMA cache_size = -400")
        self._file.execute("CREATE TABLE movement (branch, day, account, holder, purpose, amount)")
        for branch in self.branches:
            rows = (self._movement(branch, number) for number in range(PER_BRANCH))
            self._file.executemany("INSERT INTO movement VALUES (?, ?, ?, ?, ?, ?)", rows)

    def movements(self, branch):
        return self._file.execute(
            "SELECT day, account, holder, purpose, amount FROM movement WHERE branch = ?", [branch]
        )

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

    def total(self, account):
        query = "SELECT sum(amount) FROM movement WHERE account = ?"
        return self._file.execute(query, [account]).fetchone()[0] or 0.0
