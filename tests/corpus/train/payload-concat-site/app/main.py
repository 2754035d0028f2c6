"""Writes a page of HTML for every band of a festival."""

from festival import bands
from page import Page
from site_map import Site


def publish():
    site = Site()
    for band, concerts in bands():
        page = Page(band)
        for concert in concerts:
            page.add(concert)
        site.put(f"/bands/{band}", page.encoded())
    return site


if __name__ == "__main__":
    print(len(publish()))
