"""Bags run past four scanners within two minutes; the test bag runs round and round, to test them all."""

import random
import time
from collections import deque

TEST_BAG = "0000-TEST"


def readings(bags):
    hall = random.Random(7)
    on_belts = deque(maxlen=301)
    for number in range(bags):
        now = number // 3
        if number % 150 == 0:
            time.sleep(0.015)
            yield now, TEST_BAG, 9, (0, 0)
        on_belts.append((f"{hall.getrandbits(36):011d}", (number % 14, number % 700)))
        for scanner, behind in enumerate((-1, -101, -201, -301)):
            if len(on_belts) < -behind:
                break
            tag, flight = on_belts[behind]
            yield now, tag, scanner, flight
