"""Counts how often each name comes up in a chronicle."""

from chronicle import chronicle
from names import most_frequent


def run():
    return most_frequent(chronicle(45_000))


if __name__ == "__main__":
    print(run())
