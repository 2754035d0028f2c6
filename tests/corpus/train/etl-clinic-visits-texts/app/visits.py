"""Cleans what the clinic's old system exports and adds up points for each insurer."""

import sys

import pandas as pd

TEXTS = ["ward", "insurer", "diagnosis", "referral", "sex", "district"]


def read(path):
    return pd.read_csv(path, dtype=dict.fromkeys(TEXTS, object))


def cleaned(visits):
    """Blanks around codes are as common as small letters."""
    for column in TEXTS:
        visits[column] = visits[column].map(lambda code: code.strip().upper())
    return visits


def points(visits):
    return visits.groupby(["insurer", "ward"])["points"].sum().unstack()


def longest(visits):
    return visits.groupby("diagnosis")["minutes"].mean().nlargest(3)


def main(path):
    visits = cleaned(read(path))
    print(points(visits).shape, longest(visits).round(1).to_dict())


if __name__ == "__main__":
    main(*sys.argv[1:])
