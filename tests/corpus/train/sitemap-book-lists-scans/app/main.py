"""Looks through the sitemaps of a bookshop for the lists that changed last."""

from shop import shop
from sitemaps import Sitemaps

if __name__ == "__main__":
    with shop(lists=6_400) as address:
        maps = Sitemaps(address)
        for number in range(26):
            print(number, maps.read(number))
        print(maps.newest())
