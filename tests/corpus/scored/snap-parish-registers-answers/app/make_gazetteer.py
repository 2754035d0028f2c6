"""Writes the gazetteer as the survey gives it: one place a line."""

import csv
import random

STEMS = "ash beck brad cold dun east fern grim hal kirk ling mor nor ox pen rud sax thorn ux whit".split()
ENDS = "by combe don field ford ham ley minster stead stoke thorpe ton wick worth".split()
COUNTIES = "Devon Dorset Durham Essex Kent Norfolk Rutland Suffolk Surrey Sussex".split()


def described(dice):
    """As in a topographical dictionary of 1848."""
    facts = [
        f"in the union of {dice.choice(STEMS).title()}{dice.choice(ENDS)}",
        f"containing {dice.randrange(40, 4_000)} inhabitants",
        f"it comprises {dice.randrange(300, 9_000)} acres of arable and pasture",
        f"the tithes have been commuted for a rent-charge of {dice.randrange(30, 900)} pounds",
        f"the church, rebuilt in {dice.randrange(1400, 1840)}, is a neat structure with a square tower",
        "there is a place of worship for Wesleyans, and a school is supported by subscription",
    ]
    return "; ".join(dice.sample(facts, 5))


def main(places=11_000):
    dice = random.Random(1841)
    with open("gazetteer.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "county", "latitude", "longitude", "kind", "described"])
        for number in range(places):
            name = f"{dice.choice(STEMS)}{dice.choice(STEMS)}{dice.choice(ENDS)} {number // 900}".title()
            kind = dice.choice(["parish", "hamlet", "chapelry", "township"])
            where = (round(dice.uniform(50, 55.5), 5), round(dice.uniform(-4, 1.5), 5))
            rows.writerow([name, dice.choice(COUNTIES), *where, kind, described(dice)])


if __name__ == "__main__":
    main()
