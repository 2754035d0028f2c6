import csv
from pathlib import Path


def totals(path):
    rows = list(csv.DictReader(Path(path).read_text().splitlines()))
    meters = {}
    for row in rows:
        meters[row["meter"]] = meters.get(row["meter"], 0) + int(row["reading"])
    return meters
