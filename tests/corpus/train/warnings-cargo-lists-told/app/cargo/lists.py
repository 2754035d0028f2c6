import random

GOODS = ("cork", "tiles", "olives", "pumps", "tea", "wool", "rails", "paper")
HARBOURS = ("Porto", "Izmir", "Riga", "Hull", "Cork", "Genoa")


def lists(count, seed=1_588):
    """Positions of a list, separated by slashes; agents do not always get the weight right."""
    dice = random.Random(seed)
    for number in range(count):
        positions = [
            f"{dice.choice(GOODS)}, {dice.randrange(1, 400)} t, {dice.choice(HARBOURS)}"
            for _ in range(dice.randrange(150, 240))
        ]
        if number % 5 != 0:
            spoilt = dice.randrange(len(positions))
            positions[spoilt] = positions[spoilt].replace(" t,", " to,")
        yield f"list {number}: " + " / ".join(positions)
