"""What the kennings mean and where else they are found."""

import random

FIRSTS = "whale sea bone sky battle wave ring".split()
SECONDS = "road horse house candle sweat steed giver".split()


def read_glossary(entries=1_500):
    dice = random.Random(9)
    leaves = [f"MS {dice.randrange(4_000)} f. {dice.randrange(200)}" for _ in range(600)]
    glossary = {f"{first}-{second}": [] for first in FIRSTS for second in SECONDS}
    words = list(glossary)
    for _ in range(entries):
        places = "; ".join(dice.choices(leaves, k=600))
        glossary[dice.choice(words)].append(places)
    return glossary


GLOSSARY = read_glossary()
