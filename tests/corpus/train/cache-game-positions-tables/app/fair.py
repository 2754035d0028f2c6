import random
import time


def tables(count):
    """The heaps that visitors lay out on each table."""
    chance = random.Random(29)
    for table in range(count):
        time.sleep(0.003)  # the next visitor sits down
        yield table, tuple(sorted(chance.randint(7, 12) for _ in range(5)))
