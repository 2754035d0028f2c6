import time
import warnings


class OddWeight(UserWarning):
    """A weight that had to be guessed."""


def tons(text):
    number, unit = text.split()
    if unit != "t":
        raise ValueError(unit)
    return int(number)


def read(line):
    total = 0
    for position in line.partition(": ")[2].split(" / "):
        _, weight, _ = position.split(", ")
        try:
            total += tons(weight)
        except ValueError:
            warnings.warn(f"{position} in {line}", OddWeight, stacklevel=2)
            total += int(weight.split()[0])
    time.sleep(0.0003)
    return total
