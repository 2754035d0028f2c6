import json
import random

SENSORS = [
    f"{part}.{place}.{what}"
    for part in ("bogie", "motor", "converter")
    for place in range(4)
    for what in "tpv"
]


def telegrams(numbers, count, seed=103):
    """The state of one locomotive after another, as their modems send it."""
    dice = random.Random(seed)
    for _ in range(count):
        values = {name: [dice.randrange(4_000) for _ in range(32)] for name in SENSORS}
        yield dice.choice(numbers), dice.randrange(4, 160), json.dumps(values)
