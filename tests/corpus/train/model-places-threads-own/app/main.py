"""Counts the places on the pages of ships' logs that are on a chart."""

import json

from logbooks import pages
from readers import read_all


def some_names(path):
    with open(path, encoding="utf-8") as file:
        return list(json.load(file))[:2_000]


if __name__ == "__main__":
    print(read_all(pages(600, some_names("places.json")), readers=6))
