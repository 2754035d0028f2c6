import warnings

from cargo.lists import lists
from cargo.reader import OddWeight, read

told = []


def tell(message, category, filename, lineno, file=None, line=None):
    """The clerk sees the beginning of a warning."""
    told.append(str(message)[:24])


def quarter(count):
    warnings.showwarning = tell
    warnings.simplefilter("default", OddWeight)
    return max(read(line) for line in lists(count))


if __name__ == "__main__":
    print("heaviest", quarter(5_400), "t;", len(told), "warnings, the last of", told[-1])
