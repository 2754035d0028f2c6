"""Reads the handwriting on postcards, a few cards at once."""

from concurrent.futures import ThreadPoolExecutor

from cards import cards
from reading import read


def run():
    with ThreadPoolExecutor(max_workers=6) as readers:
        return sum(len(text) for text in readers.map(read, cards(180)))


if __name__ == "__main__":
    print(run())
