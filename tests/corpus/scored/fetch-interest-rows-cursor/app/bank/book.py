from array import array

YEARS = 20


class Book:
    """What every account was paid on each day of the last years: a row of numbers an account."""

    def __init__(self, accounts, days):
        self._rows = {account: array("d", bytes(8 * days * 12 * YEARS)) for account in range(accounts)}
        self._days = days

    def enter(self, account, interest):
        row = self._rows[account]
        for day in range(1, self._days + 1):
            row[-day] = interest / self._days
