"""Pairs the bicycles of a town with the stations that are nearest."""

from bicycles import positions
from nearest import nearest

if __name__ == "__main__":
    stations = positions(700, seed=1)
    moved = 0
    for minute in range(5):
        moved += int(nearest(positions(1_300, seed=minute), stations).sum())
    print(moved)
