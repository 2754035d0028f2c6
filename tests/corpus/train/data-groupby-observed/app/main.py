"""How much of what was sold where, for the buyers of a chain of shops."""

import months
from report import sums
from tills import receipts

if __name__ == "__main__":
    for month in range(14):
        months.keep(month, sums(receipts(60_000)))
    print(months.total())
