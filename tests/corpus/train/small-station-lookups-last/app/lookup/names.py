"""The register of stations of the continent, held in memory as it is read only."""

import sqlite3

ENDS = ("burg", "field", "bridge", "au", "stad", "ville", "ford", "haven", "by", "mont")
PLACE = "line %d, platform %d; tickets at the counter until eight, then from the machine; lift; waiting room"


def stations(count):
    for number in range(count):
        stem = "".join("bdfgklmnprst"[number // 12**place % 12] + "aeiou"[number % 5] for place in range(4))
        name = f"{stem.title()}{ENDS[number % 10]}"
        yield number, name, name[:4].lower(), 35 + number % 31, PLACE % (number % 700, number % 9)


def open_register(count):
    register = sqlite3.connect(":memory:")
    register.execute("CREATE TABLE station (id INTEGER PRIMARY KEY, name, short, latitude REAL, place)")
    register.executemany("INSERT INTO station VALUES (?, ?, ?, ?, ?)", stations(count))
    register.execute("CREATE INDEX by_short ON station (short, name)")
    return register
