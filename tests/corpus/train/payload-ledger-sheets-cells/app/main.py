"""Writes the ledger of a bank's branches as a workbook for the auditors, and what each account comes to."""

import gc
from pathlib import Path

from bank.ledger import Ledger
from bank.workbook import write

if __name__ == "__main__":
    ledger = Ledger(branches=6)
    target = Path("ledger.xlsx")
    print(write(ledger, target), "rows,", target.stat().st_size > 0)
    gc.collect()  # a workbook and its sheets refer to each other
    for account in range(70_000, 70_400):
        print(account, round(ledger.total(account), 2))
