"""Ships ask by radio; on average one and a half of them about the same berth and minute."""

import random
import time


def ships(requests, berths):
    radio = random.Random(64)
    for number in range(requests):
        if number % 250 == 0:
            time.sleep(0.012)
        yield int(radio.random() * berths), 3_000 + number // 90, 5 + 5 * radio.random()
