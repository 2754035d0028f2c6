import sys

from lookup.desk import Desk
from lookup.names import open_register, stations
from lookup.watch import Watch

WATCH = Watch()


def typed(requests):
    for turn in range(0, requests, 1_000):
        for number, name, *_ in stations(1_000):
            yield name[: 5 + (number + turn) % 4]


def main(requests):
    desk = Desk(open_register(95_000), WATCH)
    print(desk.serve(typed(requests)), WATCH.report())


main(int(sys.argv[1]))
