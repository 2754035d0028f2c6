"""Writes what a bicycle shop rents out."""

import os

from rentals import rent, setup


def serve(url):
    setup(url)
    return sum(rent(url, number) for number in range(40))


if __name__ == "__main__":
    print(serve(os.environ["DATABASE_URL"]))
