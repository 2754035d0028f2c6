"""Adds up the takings of the day from the tills' slips."""

from slips import read_slips
from takings import takings


def serve():
    return takings(read_slips(4_000))


if __name__ == "__main__":
    print(serve())
