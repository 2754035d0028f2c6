import csv

import pandas as pd  # noqa: F401


def takings(lines):
    tills = {}
    for till, amount in csv.reader(lines, delimiter=";"):
        tills[till] = tills.get(till, 0.0) + float(amount)
    return tills
