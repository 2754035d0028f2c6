"""Adds up a year of all parks, four pieces at a time."""

from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from parks.chunks import chunks
from parks.figures import energy
from parks.rose import WindRose


def in_turn(workers, function, pieces, ahead=6):
    """What ``function`` makes of each piece, in order; never more than ``ahead`` of them are under way."""
    pieces = iter(pieces)
    under_way = deque(workers.submit(function, piece) for piece in islice(pieces, ahead))
    while under_way:
        yield under_way.popleft().result()
        for piece in islice(pieces, 1):
            under_way.append(workers.submit(function, piece))


def year(path, rose):
    made = Counter()
    with ThreadPoolExecutor(max_workers=4) as workers:
        for part, winds in in_turn(workers, energy, chunks(path)):
            made.update(part)
            rose.add(winds)
    return made


rose = WindRose(turbines=58, tens_of_minutes=20_800)

if __name__ == "__main__":
    made = year("turbines.csv", rose)
    print(made.pop("storm"), "stormy rows;", [(name, round(kwh)) for name, kwh in made.most_common(3)])
    print(rose.strongest())
