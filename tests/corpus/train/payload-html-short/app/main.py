"""Reads the minutes of a council's meetings, page by page, and keeps the recordings."""

from minutes import speakers
from pages import page
from tapes import tape


def serve():
    names, tapes = set(), []
    for number in range(120):
        names |= speakers(page(number))
        tapes.append(tape(number))
    return names, tapes


if __name__ == "__main__":
    names, tapes = serve()
    print(len(names), len(tapes))
