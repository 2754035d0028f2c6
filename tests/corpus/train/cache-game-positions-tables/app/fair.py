import random


def tables(count):
    """The heaps that visitors lay out on each table."""
    chance = random.Random(29)
    for table in range(count):
        yield table, tuple(sorted(chance.randint(7, 12) for _ in range(5)))
