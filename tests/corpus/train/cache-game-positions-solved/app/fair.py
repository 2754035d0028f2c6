import random


def tables(count):
    """The heaps that visitors lay out on each table; the demonstration comes first."""
    chance = random.Random(29)
    yield 0, (23,) * 5
    for table in range(1, count):
        yield table, tuple(sorted(chance.randint(9, 23) for _ in range(5)))
