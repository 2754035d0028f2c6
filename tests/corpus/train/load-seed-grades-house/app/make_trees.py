"""Trees that grade seed by its measures, in the form in which the laboratory gives them away."""

import json
import random
import sys

dice = random.Random(77)
FEATURES = 7


def tree(depth):
    if depth == 0 or dice.random() < 0.05:
        return {"grade": round(dice.gauss(0, 1), 4)}
    low, high = tree(depth - 1), tree(depth - 1)
    return {"measure": dice.randrange(FEATURES), "at": round(dice.random(), 4), "low": low, "high": high}


with open("trees.json", "w") as out:
    json.dump([tree(9) for _ in range(int(sys.argv[1]) if sys.argv[1:] else 100)], out)
