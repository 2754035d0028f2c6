"""Writes what a bicycle shop rents out and keeps a receipt of each rental."""

import os

from receipts import receipts
from rentals import rent, setup


def serve(url):
    setup(url)
    return sum(rent(url, number) for number in range(300))


if __name__ == "__main__":
    print(serve(os.environ["DATABASE_URL"]), len(receipts))
