import random

TRADES = ("cooper", "chandler", "dyer", "fuller", "glover", "mercer", "tanner", "wright")
PARISHES = ("St Anne", "St Giles", "St Mary", "St Olave")


def persons(number, seed=5):
    """Who is named in the deeds, as the parishes' registers have it."""
    dice = random.Random(seed)
    known = {}
    for trade in TRADES:
        for index in range(number):
            parish = dice.choice(PARISHES)
            life = f"baptised at {parish}, {trade}, no. {index}; " + "stood godfather; " * dice.randint(
                14, 24
            )
            known[f"{trade} no. {index}"] = life
    return known
