import random
import time


def touches(count):
    """Visitors look again at one caption in five; two fingers seldom stop at the same zoom."""
    visitors = random.Random(21)
    latest = 0, "en", 1.0
    for number in range(count):
        if number % 150 == 0:
            time.sleep(0.012)
        if number % 5:
            latest = number * 37 % 900, ("en", "da", "nl", "fi")[number % 4], 1 + visitors.random()
        yield latest
