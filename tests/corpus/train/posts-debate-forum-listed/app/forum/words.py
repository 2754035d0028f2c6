"""How friendly a word is, from a file of the university that made the list."""

import csv
import random
import tempfile

SYLLABLES = "ba de fi go ku la me ni po ra se ti vo zu ker lin mar nost pel quin".split()


def published(words):
    dice = random.Random(3)
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False, newline="") as file:
        rows = csv.writer(file)
        for number in range(words):
            rows.writerow(
                ["".join(dice.choices(SYLLABLES, k=4)) + f"{number:x}", round(dice.uniform(-3, 3), 3)]
            )
    return file.name


class Lexicon:
    def __init__(self, path):
        self._valence = self._read(path)

    def _read(self, path):
        with open(path, newline="") as file:
            return {word: float(valence) for word, valence in csv.reader(file)}

    def valence(self, text):
        return sum(self._valence.get(word, 0.0) for word in text.split())

    def sample(self, dice, number):
        if not hasattr(self, "_common"):
            self._common = [word for _, word in zip(range(4_000), self._valence)]
        return dice.choices(self._common, k=number)
