from itertools import groupby

from bank.ledger import RATES

DAYS = 31


def monthly_interest(ledger):
    interest = {}
    for account, rows in groupby(ledger.bookings(), key=lambda row: row[1]):
        interest[account] = of_account(rows)
    return interest


def of_account(rows):
    balance, last, total = 0, 0, 0.0
    for _, _, day, cents, _ in rows:
        total += of_days(balance, day - last)
        balance, last = balance + cents, day
    return total + of_days(balance, DAYS - last)


def of_days(balance, days):
    rate = next((rate for rate in RATES if balance > rate.above_cents), None)
    return balance * rate.percent * days / 36_500 if rate else 0.0
