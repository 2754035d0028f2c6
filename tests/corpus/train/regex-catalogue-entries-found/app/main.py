"""Counts what a museum has from each century, from the export of its old catalogue."""

from catalogue import Catalogue
from export import export

if __name__ == "__main__":
    catalogue = Catalogue(export(objects=30_000))
    for century in range(11, 20):
        print(century, catalogue.count(century))
