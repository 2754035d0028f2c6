"""Sorts parcels by their scanned labels, which lie in the database of the depot."""

import os

from depot.belt import fill_depot, parcels
from depot.lines import Lines
from depot.sorting import BadLabel, chute_of


def shift(url, number):
    lines = Lines(url)
    fill_depot(lines, number)
    chutes, by_hand = {}, 0
    for parcel in parcels(number):
        try:
            chute = chute_of(lines, parcel)
        except BadLabel:
            by_hand += 1
        else:
            chutes[chute] = chutes.get(chute, 0) + 1
    lines.close()
    return sorted(chutes.items()), by_hand


if __name__ == "__main__":
    print(shift(os.environ["DATABASE_URL"].replace("+psycopg", ""), 420))
