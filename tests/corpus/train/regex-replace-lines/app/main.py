"""Makes a clean text of a scanned book, paragraph by paragraph."""

from scans import scan
from shelf import Shelf
from tidy import tidy


def run():
    shelf = Shelf()
    for number, paragraph in enumerate(scan(chapters=12)):
        shelf.put(number, tidy(paragraph))
    return len(shelf.paragraphs)


if __name__ == "__main__":
    print(run())
