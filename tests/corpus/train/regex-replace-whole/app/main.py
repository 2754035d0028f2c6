"""Makes a clean text of a scanned book."""

from scans import scan
from tidy import tidy


def run():
    text = tidy(scan(chapters=30))
    return len(text), text.count("\n")


if __name__ == "__main__":
    print(run())
