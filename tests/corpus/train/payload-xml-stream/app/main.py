"""Imports a catalogue that a supplier sends once a night and keeps an index of it."""

from catalogue import index_catalogue
from supplier import download


def run():
    path = download(products=45_000)
    return index_catalogue(path)


if __name__ == "__main__":
    print(run()[1])
