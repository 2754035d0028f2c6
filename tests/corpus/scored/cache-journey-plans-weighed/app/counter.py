"""Passengers at the counter: most journeys are asked for once, some again and again."""

import random
import time


def enquiries(stations, count):
    chance = random.Random(17)
    for number in range(count):
        if number % 80 == 0:
            time.sleep(0.04)  # the queue is never long
        day = f"2025-{1 + number // 300:02d}-{1 + number // 10 % 28:02d}"
        if number % 4 == 0:
            yield 12, 440, day
        else:
            yield chance.randrange(stations), chance.randrange(stations), day
