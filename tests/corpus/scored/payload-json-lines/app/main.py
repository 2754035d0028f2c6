"""Finds the newest entry in the export of a forum and keeps an index of all words."""

from export import lines
from newest import newest


def run():
    return newest(lines(12_000))


if __name__ == "__main__":
    print(run()[0])
