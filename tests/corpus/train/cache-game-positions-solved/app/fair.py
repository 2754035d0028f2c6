import random
import time


def tables(count):
    """The heaps that visitors lay out on each table; the demonstration comes first."""
    chance = random.Random(29)
    yield 0, (22,) * 5
    for table in range(1, count):
        time.sleep(0.003)  # the next visitor sits down
        yield table, tuple(sorted(chance.randint(9, 22) for _ in range(5)))
