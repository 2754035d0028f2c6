import itertools
import random
from collections import Counter

from kiln import programmes
from kiln.firing import Firing, directory
from kiln.ware import Shelves


def season(firings):
    tops = Counter()
    turn = itertools.cycle((programmes.biscuit, programmes.glaze, programmes.lustre))
    shelves = Shelves()
    with directory() as traces:
        for number in range(firings):
            programme = next(turn)
            firing = Firing(number, traces)
            for minute, target in enumerate(programme()):
                firing.sample(minute, target)
            tops[programme.keywords["top"], firing.hottest() // 10] += 1
            firing.close()
            shelves.photograph(number, firing.hottest())
    return tops, shelves.darkest()


if __name__ == "__main__":
    random.seed(1_240)
    tops, darkest = season(540)
    print(tops.most_common(4), darkest)
