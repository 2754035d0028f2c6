import random
import time

from loans.slips import printed


def stamp(slip):
    return slip.face.count("1") % 97


def hand_over(slip, shelf):
    shelf[slip.reader % 50] = slip
    return stamp(slip)


def day(readers, seed=451):
    dice = random.Random(seed)
    shelf, stamps = {}, 0
    for number in range(readers):
        if number % 40 == 0:
            time.sleep(0.01)  # nobody at the counter
        book = f"{dice.choice('ABCDEF')}{dice.randrange(10_000):05}"
        stamps += hand_over(printed(dice.randrange(4_000), book, number // 40 + 28), shelf)
    return stamps, len(shelf)
