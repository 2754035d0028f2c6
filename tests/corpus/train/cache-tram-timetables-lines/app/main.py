"""Departure boards of a tram company, fed with the timetables that its office publishes."""

import tempfile
from pathlib import Path

from board import timetables
from board.office import Office

LINES = 14


def day(folder):
    office = Office(Path(folder), LINES)
    shown = 0
    for turn in range(48):
        if turn >= 12:
            office.correct(turn * 5 % LINES)
        for stop in range(150):
            root = timetables.of(office.path(stop % LINES))
            shown += root[(turn * 150 + stop) % len(root)].get("departs") > "12:00"
    return shown


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(day(folder))
