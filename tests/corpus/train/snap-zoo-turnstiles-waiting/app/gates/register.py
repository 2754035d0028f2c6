import json


class Register:
    """The annual passes. Portraits are shown to the keeper at the gate."""

    def __init__(self, path):
        with open(path) as file:
            document = json.load(file)
        self._passes = {row["number"]: row for row in document["passes"]}
        self.numbers = sorted(self._passes)

    def valid(self, number, month):
        return self._passes[number]["until"] >= month

    def portrait(self, number):
        return self._passes[number]["portrait"]
