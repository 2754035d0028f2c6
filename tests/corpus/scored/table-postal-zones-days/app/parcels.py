import random
import time


def handed_in(day):
    """Some three thousand parcels a day, many of them between the same districts."""
    people = random.Random(day)
    for number in range(4_500):
        if number % 100 == 0:
            time.sleep(0.004)
        yield int(170 * people.random()), int(12 * people.random() ** 2), 500 * int(1 + 8 * people.random())
