"""Adds up a year of all parks, four pieces at a time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from parks.chunks import chunks
from parks.figures import energy


def year(path):
    made = Counter()
    with ThreadPoolExecutor(max_workers=4) as workers:
        for part in workers.map(energy, chunks(path)):
            made.update(part)
    return made


if __name__ == "__main__":
    made = year("turbines.csv")
    print(made.pop("storm"), "stormy rows;", [(name, round(kwh)) for name, kwh in made.most_common(3)])
