import random


def match(minutes, seed=4):
    """The state after every phase of the match, with the place of all players on the field."""
    dice = random.Random(seed)
    home = away = 0
    for minute in range(minutes):
        home += dice.random() < 0.02
        away += dice.random() < 0.02
        places = [[round(dice.random() * 105, 2), round(dice.random() * 68, 2)] for _ in range(22)]
        yield {"minute": minute, "score": [home, away], "places": places, "tracks": places * 11}
