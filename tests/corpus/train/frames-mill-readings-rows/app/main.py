"""Writes the report of a week: throughput by shift, and how many rows each step left."""

import pandas as pd
from mill.readings import shift_of
from mill.steps import milling


def week(shifts=21):
    report = {}
    for number in range(shifts):
        frame = milling.run(number, shift_of(number))
        report[number] = round(frame["throughput"].mean(), 2), len(frame)
    return report


def stands(shifts=21):
    """The ash of each stand over the whole week, of the readings as they came."""
    whole = pd.concat([shift_of(number) for number in range(shifts)], ignore_index=True)
    return whole.groupby("stand")["ash"].median().round(2).to_dict()


if __name__ == "__main__":
    print(week())
    print(stands())
    print(len(milling.seen), "tables seen")
