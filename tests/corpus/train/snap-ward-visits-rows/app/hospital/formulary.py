import json


def read_formulary(path):
    """All drugs that the pharmacy has, with what a physician has to know of them."""
    with open(path) as file:
        return json.load(file)
