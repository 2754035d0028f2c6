import json
import random

chance = random.Random(77)
STATES = ("taken in", "sorted", "on the road", "at the depot", "with the driver", "delivered")
with open("scans.jsonl", "w") as file:
    for number in range(26_000):
        state = min(chance.randrange(8), 5)
        scan = {
            "parcel": f"JD{chance.randrange(9_000):09}",
            "depot": f"D{chance.randrange(140):03}",
            "state": STATES[state],
            "at": f"2026-03-{1 + number // 1_000:02}T{chance.randrange(24):02}:{chance.randrange(60):02}:00",
            "scanner": {"id": f"hand-{chance.randrange(400)}", "battery": chance.randrange(300, 1_000) / 10},
        }
        file.write(json.dumps(scan) + "\n")
with open("depots.json", "w") as file:
    depots = {
        f"D{number:03}": {
            "name": f"Depot {number} of the north",
            "streets": {f"{number:03}{street:05}": f"Street {street}, {number}" for street in range(900)},
        }
        for number in range(140)
    }
    json.dump(depots, file)
