"""Writes to those 300 members whose dues have been open for longest."""

import itertools
import sys

from dunning.letters import sheet
from dunning.store import Dues

AT_ONCE = 300


def longest_open(dues):
    by_date = sorted(dues.rows(), key=lambda row: (row["due"], row["amount"]))
    return itertools.islice((row for row in by_date if row["paid"] < row["amount"]), AT_ONCE)


def main(path):
    letters = sheet(longest_open(Dues(path)))
    print(len(letters.splitlines()))


main(*sys.argv[1:])
