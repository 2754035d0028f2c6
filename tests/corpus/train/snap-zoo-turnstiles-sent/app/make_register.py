"""Writes the register of annual passes, as the membership office exports it."""

import base64
import json
import random

GIVEN = "Ada Bela Cem Dilan Emre Femke Goran Hanna Ivo Jonas Kaya Lotte".split()


def main(passes=1_500):
    dice = random.Random(1844)
    rows = [
        {
            "number": 100_000 + number,
            "holder": f"{dice.choice(GIVEN)} {number}",
            "until": f"2026-{dice.randrange(1, 13):02}",
            "portrait": base64.b64encode(dice.randbytes(4_800)).decode(),
        }
        for number in range(passes)
    ]
    with open("passes.json", "w") as file:
        json.dump({"zoo": "north", "passes": rows}, file)


if __name__ == "__main__":
    main()
