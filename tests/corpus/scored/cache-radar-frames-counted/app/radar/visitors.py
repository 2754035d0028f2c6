import random
import time

SITES = 17


def visits(count):
    """Half look at the frame of now, the others at one of the last two hours."""
    chance = random.Random(3)
    for number in range(count):
        now = number // 4
        if number % 40 == 0:
            time.sleep(0.03)
        yield number % SITES, now if number % 2 else max(0, now - chance.randrange(120))
