"""Writes a ledger to try the interest run with."""

import random
import sqlite3


def bookings(number):
    dice = random.Random(8)
    for index in range(number):
        note = f"order {index} of the customer; " + "reference 0000 " * dice.randint(38, 44)
        yield index, index % 600, index % 31, dice.randint(-40_000, 60_000), note


if __name__ == "__main__":
    with sqlite3.connect("ledger.db") as connection:
        connection.execute(
            "create table booking (id integer, account integer, day integer, cents integer, note text)"
        )
        connection.executemany("insert into booking values (?, ?, ?, ?, ?)", bookings(30_000))
