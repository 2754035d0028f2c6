"""Adds up the orders of a year chunk by chunk, and keeps every chunk's receipt."""

from report import receipts
from tables import chunks


def run():
    return receipts(chunks(rows=600_000, at_once=6_000))


if __name__ == "__main__":
    kept = run()
    print(len(kept))
