"""The interest run of a savings bank at the end of a month."""

import sys

from bank.interest import monthly_interest
from bank.ledger import Ledger


def month(path):
    with Ledger(path) as ledger:
        interest = monthly_interest(ledger)
    return len(interest), round(sum(interest.values()), 2)


if __name__ == "__main__":
    print(month(*sys.argv[1:] or ["ledger.db"]))
