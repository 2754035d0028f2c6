"""Marks dates in the letters of an archive and scans them."""

from archive import letters
from dates import Dates
from scans import scan


def run():
    dates, scans = Dates(), []
    for letter in letters(700):
        dates.mark(letter)
        scans.append(scan(letter))
    return dates, scans


if __name__ == "__main__":
    dates, scans = run()
    print(len(dates.marked), len(scans))
