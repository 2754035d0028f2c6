"""Writes to those 300 members whose dues have been open for longest, and to the auditors."""

import sys
from pathlib import Path

from dunning.letters import sheet
from dunning.store import Dues

AT_ONCE = 300


def main(path):
    dues = Dues(path)
    letters = sheet(dues.oldest(AT_ONCE))
    written = Path("auditors.csv").write_bytes(sheet(dues.rows()))
    print(len(letters) // 2, written)


main(*sys.argv[1:])
