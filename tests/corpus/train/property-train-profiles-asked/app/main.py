"""A day in the control room: trains are entered, watched at every stop, and counted in the evening."""

import random
import time

from dispatch.advice import advise
from dispatch.roster import roster


def day(trains, seed=31):
    dice = random.Random(seed)
    advised = 0
    for number in range(trains):
        time.sleep(0.002)
        train = roster.enter(
            number, dice.choice(("RB 21", "RB 24", "RE 3", "S 8")), dice.randrange(300, 1_300)
        )
        for stop in range(0, train.stops, 4):
            advised += advise(train, stop) is not None
    return advised, roster.report()


if __name__ == "__main__":
    print(day(800))
