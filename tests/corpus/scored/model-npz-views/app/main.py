"""Recommends songs for the guests of a bar."""

import sys

from guests import requests
from library import Library
from taste import Taste


def serve(path):
    taste = Taste(Library(path))
    return [taste.next_song(guest, song) for guest, song in requests(9)]


if __name__ == "__main__":
    print(serve(sys.argv[1]))
