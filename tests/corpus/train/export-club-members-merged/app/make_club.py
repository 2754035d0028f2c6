import random
import sqlite3

chance = random.Random(17)
club = sqlite3.connect("club.db")
club.execute(
    "create table dues (id integer primary key, member text, street text, town text, mail text,"
    " section text, due text, amount real, paid real)"
)
SECTIONS = ("rowing", "tennis", "athletics", "chess", "gymnastics")
club.executemany(
    "insert into dues (member, street, town, mail, section, due, amount, paid)"
    " values (?, ?, ?, ?, ?, ?, ?, ?)",
    (
        (
            f"Member {number % 9_000:05} of the club",
            f"{chance.randrange(1, 190)} Station Road, stair {number % 7}",
            f"{chance.randrange(10_000, 99_999)} Town {number % 611}",
            f"member.{number % 9_000:05}@club.example",
            SECTIONS[number % 5],
            f"20{chance.randrange(15, 27)}-{chance.randrange(1, 13):02}-01",
            amount := chance.randrange(2_000, 30_000) / 100,
            amount if chance.random() < 0.97 else 0.0,
        )
        for number in range(70_000)
    ),
)
club.commit()
