"""What the set in a car sends back: its quote and the track of the last minutes."""

import json
import random


def answer(text):
    asked = json.loads(text)
    dice = random.Random(asked["number"])
    fixes = (f"{dice.random():.6f},{dice.random():.6f}" for _ in range(36))
    return json.dumps(
        {
            "number": asked["number"],
            "car": asked["car"],
            "quote": round(asked["question"]["metres"] / 1000 * dice.uniform(1.6, 2.9) + 4, 2),
            "track": " ".join(fixes) * 12,
        }
    )
