"""Statements of account: read, added up, sent."""

from bank import accounts
from statement import Statement


def month():
    turnover = 0
    for account in accounts(700):
        statement = Statement(account)
        if statement.total("EUR") > 0:
            turnover += statement.total("EUR")
    return turnover


if __name__ == "__main__":
    print(month())
