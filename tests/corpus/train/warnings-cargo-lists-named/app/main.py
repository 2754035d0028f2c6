import warnings

from cargo.lists import lists
from cargo.reader import OddWeight, read

told = []


def tell(message, category, filename, lineno, file=None, line=None):
    """The clerk sees the beginning of a warning."""
    told.append(str(message)[:24])


def bill_of_lading(all_lists):
    """One text with a row for each position, and its size as the customs want it."""
    rows = [position for line in all_lists for position in line.partition(": ")[2].split(" / ")]
    return len("\n".join(f"{number:>8}  {row}" for number, row in enumerate(rows, 1)).encode("utf-16"))


def quarter(count):
    warnings.showwarning = tell
    warnings.simplefilter("default", OddWeight)
    heaviest = max(read(line) for line in lists(count))
    return heaviest, bill_of_lading(lists(count))


if __name__ == "__main__":
    print(quarter(900), "heaviest and bytes;", len(told), "warnings, the last of", told[-1])
