"""Counts what a museum has from each decade, from the export of its old catalogue."""

from catalogue import Catalogue
from export import export

if __name__ == "__main__":
    catalogue = Catalogue(export(objects=30_000))
    for decade in range(105, 193):
        print(decade, catalogue.count(decade))
