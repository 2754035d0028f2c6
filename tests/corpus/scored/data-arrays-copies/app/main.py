"""Corrects the pictures of a telescope."""

from correct import correct
from telescope import night


def run():
    return sum(float(correct(picture).max()) for picture in night(6))


if __name__ == "__main__":
    print(run())
