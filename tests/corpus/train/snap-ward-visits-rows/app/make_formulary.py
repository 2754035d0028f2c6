"""Writes the formulary as the pharmacy sends it."""

import json
import random

FORMS = ["tablet", "capsule", "solution", "injection", "ointment"]
NOTES = (
    "Reduce the dose in renal impairment. Not with monoamine oxidase inhibitors. Take with food. "
    "Store below 25 degrees. Counsel about driving. Monitor potassium weekly in the first month."
).split(". ")


def main(drugs=2_600):
    dice = random.Random(33)
    rows = {
        f"D{number:04}": {
            "form": dice.choice(FORMS),
            "strength": dice.randrange(5, 900),
            "monograph": ". ".join(dice.choices(NOTES, k=70)),
        }
        for number in range(drugs)
    }
    with open("formulary.json", "w") as file:
        json.dump(rows, file)


if __name__ == "__main__":
    main()
