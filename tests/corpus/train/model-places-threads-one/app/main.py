"""Counts the places on the pages of ships' logs that are on a chart."""

from gazetteer import PLACES
from logbooks import pages
from readers import read_all

if __name__ == "__main__":
    print(read_all(pages(600, PLACES.names()), readers=6))
