import random


def profile(core, layers):
    """Oxygen isotopes, dust and depth of each layer, from the top of the core down."""
    dice = random.Random(core)
    depth, rows = 0.0, []
    for _ in range(layers):
        depth += dice.uniform(0.2, 1.4)
        rows.append([depth, dice.gauss(-35, 2), dice.expovariate(0.1)])
    return rows
