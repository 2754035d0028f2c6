import itertools
import random
from collections import Counter

from kiln import programmes
from kiln.firing import Firing, directory


def season(firings):
    tops = Counter()
    turn = itertools.cycle((programmes.biscuit, programmes.glaze, programmes.lustre))
    with directory() as traces:
        for number in range(firings):
            programme = next(turn)
            firing = Firing(number, traces)
            for minute, target in enumerate(programme()):
                firing.sample(minute, target)
            tops[programme.keywords["top"], firing.hottest() // 10] += 1
            firing.close()
    return tops


if __name__ == "__main__":
    random.seed(1_240)
    print(season(540).most_common(4))
