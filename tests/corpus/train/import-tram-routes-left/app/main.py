"""Answers how to get from one tram stop to another."""

import random

from tram.lines import read_lines
from tram.routes import Routes
from tram.timetable import departures, next_departure


def evening(questions, seed=17):
    dice = random.Random(seed)
    routes = Routes(read_lines())
    tables = departures(routes.stops)
    minutes = 0
    for _ in range(questions):
        start, goal = dice.sample(routes.stops, 2)
        minutes += next_departure(tables[start], 960) - 960 + routes.quickest(start, goal)[0]
    return minutes


if __name__ == "__main__":
    print(evening(400))
