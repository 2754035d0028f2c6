"""Joins the orders of a year to the customers' addresses for a report."""

from report import turnover_by_town
from tables import customers, orders


def run():
    return turnover_by_town(orders(120_000), customers(6_000))


if __name__ == "__main__":
    print(len(run()))
