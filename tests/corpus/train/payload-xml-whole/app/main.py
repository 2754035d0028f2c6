"""Imports a catalogue that a supplier sends once a night."""

from catalogue import load_catalogue
from supplier import download


def run():
    path = download(products=45_000)
    return load_catalogue(path)


if __name__ == "__main__":
    print(run())
