import random


def uploads(number, points=1_800, seed=5):
    """One upload a surveyor and hour; now and then the battery gave out in the middle of a line."""
    dice = random.Random(seed)
    for index in range(number):
        east, north = dice.randrange(400_000), dice.randrange(900_000)
        lines = [f"{east + i * 0.25:.2f} {north + i * 0.5:.2f} {(i * 7) % 90:.2f}" for i in range(points)]
        if dice.random() < 0.9:
            lines[-1] = lines[-1][:9]
        yield f"crew{index % 9}-{index}", "\n".join(lines).encode()
