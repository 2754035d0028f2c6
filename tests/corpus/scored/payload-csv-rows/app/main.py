"""Adds up the meter readings that a grid operator sends as one table, and plots each meter's year."""

import tempfile

from operator_files import write_readings
from totals import totals


def run(directory):
    return totals(write_readings(directory, 60_000))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        print(len(run(directory)))
