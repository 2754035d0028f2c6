"""A query is a list of rings of a year's nestlings, of which some may have been seen."""

import random


def queries(count):
    chance = random.Random(23)
    usual = tuple(chance.randrange(90_000) for _ in range(22))
    for number in range(count):
        yield usual if number % 6 == 0 else tuple(chance.randrange(90_000) for _ in range(22))
