"""The collection as the registrar's office exports it."""

import random

from sqlalchemy import insert

from gallery.tables import Artist, Base, Work

SCHOOLS = ("Delft", "Siena", "Barbizon", "Skagen", "Worpswede")
WORDS = (
    "oil canvas panel varnish signed verso gilt frame acquired bequest restored craquelure landscape".split()
)


def works_of(artist, dice, number):
    for index in range(number):
        text = " ".join(dice.choice(WORDS) for _ in range(90))
        yield {
            "artist_id": artist,
            "title": f"Study {artist}.{index}",
            "room": dice.randrange(1, 60),
            "minutes": dice.randrange(2, 9),
            "description": f"{text}. " * 6,
        }


def hang(engine, artists, works, seed=3):
    """Fill the database, one artist after another."""
    Base.metadata.create_all(engine)
    dice = random.Random(seed)
    with engine.begin() as connection:
        for artist in range(1, artists + 1):
            connection.execute(
                insert(Artist), {"id": artist, "name": f"Master {artist}", "school": dice.choice(SCHOOLS)}
            )
            connection.execute(insert(Work), list(works_of(artist, dice, works)))
