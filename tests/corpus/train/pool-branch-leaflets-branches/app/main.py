import random

from lending.database import prepare
from lending.leaflets import leaflet

BRANCHES = [f"branch-{number:02}" for number in range(1, 25)]


def week(asked, seed=10):
    dice = random.Random(seed)
    return sum(len(leaflet(dice.choice(BRANCHES), dice.randrange(12))) for _ in range(asked))


if __name__ == "__main__":
    prepare(BRANCHES)
    print(week(900), "characters")
