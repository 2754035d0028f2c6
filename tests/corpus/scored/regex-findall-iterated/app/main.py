"""Counts how often each name comes up in a chronicle, chapter by chapter, and keeps the chapters."""

from chronicle import chapters
from names import most_frequent


def run():
    kept = {}
    for number, chapter in enumerate(chapters(90, 1_500)):
        kept[number, most_frequent(chapter)[0]] = chapter.upper()
    return kept


if __name__ == "__main__":
    kept = run()
    print(len(kept))
