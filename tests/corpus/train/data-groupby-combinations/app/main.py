"""How much of what was sold where, for the buyers of a chain of shops."""

from report import sums
from tills import receipts

if __name__ == "__main__":
    table = sums(receipts(60_000))
    print(len(table[table["amount"] > 0]))
