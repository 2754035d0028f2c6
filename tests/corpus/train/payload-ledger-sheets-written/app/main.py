"""Writes the ledger of a bank's branches as a workbook for the auditors."""

from pathlib import Path

from bank.ledger import Ledger
from bank.workbook import write

if __name__ == "__main__":
    ledger = Ledger(branches=6)
    target = Path("ledger.xlsx")
    print(write(ledger, target), "rows,", target.stat().st_size > 0)
