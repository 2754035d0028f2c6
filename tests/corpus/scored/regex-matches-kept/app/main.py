"""Marks dates in the letters of an archive."""

from archive import letters
from dates import Dates


def run():
    dates = Dates()
    for letter in letters(700):
        dates.mark(letter)
    return dates


if __name__ == "__main__":
    dates = run()
    print(len(dates.marked))
