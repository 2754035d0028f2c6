import random

SCHOOLS = ("Barbizon", "Delft", "The Hague", "Skagen", "Worpswede")
KEPT = ("lined", "relined in 1931", "cleaned", "some craquelure", "frame not original")
SUBJECTS = ("harbour at dusk", "still life with quinces", "a mill", "portrait of a notary", "winter road")


class Painting:
    __slots__ = ("number", "title", "provenance", "estimate")

    def __init__(self, number, dice):
        self.number = number
        self.title = f"{dice.choice(SCHOOLS)} school, {dice.choice(SUBJECTS)}, no. {number}"
        self.provenance = [f"{1850 + 12 * step}: {', '.join(dice.choices(KEPT, k=9))}" for step in range(11)]
        self.estimate = dice.randrange(200, 9_000)


def catalogue(lots, seed=33):
    dice = random.Random(seed)
    return [Painting(number, dice) for number in range(lots)]
