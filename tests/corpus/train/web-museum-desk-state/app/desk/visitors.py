import random

HALLS = ("antiquity", "modern", "instruments", "garden")


def groups(count, seed=11):
    """The groups in the order in which they reach the desk."""
    dice = random.Random(seed)
    for number in range(count):
        names = [f"guest {number}-{place}" for place in range(dice.randint(1, 4))]
        yield {"number": number, "hall": dice.choice(HALLS), "names": names}
