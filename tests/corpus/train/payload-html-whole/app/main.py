"""Reads the minutes of a council's meetings from its web pages."""

from minutes import speakers
from pages import page


def serve():
    names = set()
    for number in range(3):
        names |= speakers(page(number))
    return names


if __name__ == "__main__":
    print(len(serve()))
