import sys

from truss.plate import Plate
from truss.year import Year

YEARS = []


def main(days):
    year = Year(Plate(side=30), days)
    YEARS.append(year)
    for day in range(days):
        year.pass_over(day)
    print(year.worst(), f"{year.states[year.worst()].sag:.3f}")


main(int(sys.argv[1]))
