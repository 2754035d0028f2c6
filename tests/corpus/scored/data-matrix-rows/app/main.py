"""Pairs the bicycles of a town with the stations that are nearest."""

from bicycles import positions
from journal import Journal
from nearest import nearest

if __name__ == "__main__":
    stations = positions(700, seed=1)
    journal = Journal()
    for minute in range(70):
        bicycles = positions(1_300, seed=minute)
        journal.write(minute, bicycles, nearest(bicycles, stations))
    print(journal.moved())
