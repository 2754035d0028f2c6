"""Counts the news of forty years in the volumes of a newspaper."""

from reader import STACKS, Reader

WORDS = ("harbour", "storm")
YEARS = range(1874, 1914)


def read():
    reader = Reader(WORDS, YEARS)
    for year in YEARS:
        reader.look_up(year)
    return reader.counts.sum()


if __name__ == "__main__":
    print(read(), len(STACKS.lent))
