"""What is normal, by test."""

from typing import NamedTuple


class Range(NamedTuple):
    low: float
    high: float
    unit: str


def read_ranges(tests):
    return {
        test: Range(test % 70 / 10, 9 + test % 90 / 10, f"{test % 13} mmol/{test}l") for test in range(tests)
    }
