import json


class Gazetteer:
    """Names of places, as old charts write them, and where they are."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self._entries = json.load(file)

    def find(self, name):
        entry = self._entries.get(name)
        if entry is None:
            return None
        latitude, longitude, _spellings = entry.split(" ", 2)
        return float(latitude), float(longitude)

    def names(self):
        return self._entries.keys()
