"""Writes the report of a week: throughput by shift, and how many rows each step left."""

from mill.readings import shift_of
from mill.steps import milling


def week():
    report = {}
    for number in range(21):
        frame = milling.run(number, shift_of(number))
        report[number] = round(frame["throughput"].mean(), 2), len(frame)
    return report


if __name__ == "__main__":
    print(week())
    print(len(milling.seen), "tables seen")
