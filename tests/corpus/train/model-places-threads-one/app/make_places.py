import json
import random
import sys

SYLLABLES = "ar bel cor dun el fa gor hal in kel lo mar nor os pen ra sel tor um vel".split()

chosen = random.Random(6)
places = {}
while len(places) < int(sys.argv[1] if len(sys.argv) > 1 else 40_000):
    name = "".join(chosen.choices(SYLLABLES, k=4)).capitalize()
    spellings = ";".join("".join(chosen.choices(SYLLABLES, k=4)) for _ in range(30))
    places[name] = f"{chosen.uniform(-60, 70):.4f} {chosen.uniform(-180, 180):.4f} {spellings}"
with open("places.json", "w") as file:
    json.dump(places, file)
