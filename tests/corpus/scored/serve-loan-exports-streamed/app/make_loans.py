import random
import sqlite3

dice = random.Random(28)
branches = ("Harbour", "Mill Street", "North", "Old Town", "University")
base = sqlite3.connect("loans.db")
base.execute("create table loan (year int, day int, branch text, card int, mark text, days int)")
base.executemany(
    "insert into loan values (?, ?, ?, ?, ?, ?)",
    (
        (
            2020 + number // 70_000,
            dice.randrange(365),
            dice.choice(branches),
            dice.randrange(10**8),
            f"{dice.randrange(1_000):03d}.{dice.randrange(10**4)} {dice.choice('ABCDEFGH') * 3} {number:08d}",
            dice.randrange(60),
        )
        for number in range(210_000)
    ),
)
base.execute("create index by_year on loan (year)")
base.commit()
