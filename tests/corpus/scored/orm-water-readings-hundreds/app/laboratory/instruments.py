import random
from array import array


def night(number, channels=1_500):
    """Station, hour and absorption of every reading."""
    dice = random.Random(3)
    base = [abs(500 - channel) / 600 for channel in range(channels)]
    for index in range(number):
        shift = dice.random()
        yield f"well-{index % 40}", index // 40, array("f", [value + shift for value in base]).tobytes()
