"""The streets that each depot serves, as the planners export them."""

import json
from pathlib import Path


def load(path):
    return json.loads(Path(path).read_text())


DEPOTS = load("depots.json")


def name_of(depot):
    return DEPOTS[depot]["name"]


def serves(depot, street):
    return street in DEPOTS[depot]["streets"]
