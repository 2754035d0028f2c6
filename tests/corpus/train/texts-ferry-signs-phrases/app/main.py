import random

from signs.sign import Sign

BOATS = ("Aurora", "Fjordsol", "Havlys", "Morgenstern", "Polaris", "Skagen")
LANGUAGES = {"north": ("nb", "fi"), "south": ("de", "nb"), "east": ("pl", "de", "fi")}


def day(notices, seed=58):
    dice = random.Random(seed)
    signs = [Sign(quay, LANGUAGES[dice.choice(tuple(LANGUAGES))]) for quay in range(160)]
    for number in range(notices):
        sign = dice.choice(signs)
        sign.show(dice.randrange(55), dice.choice(BOATS), minute=300 + number * 1_140 // notices)
    return sum(sign.lit for sign in signs)


if __name__ == "__main__":
    print(day(26_000))
