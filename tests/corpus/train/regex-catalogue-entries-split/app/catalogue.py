import re
from pathlib import Path

RULE = re.compile(r"\n-{3,}\n")
MADE = re.compile(r"^Made: (\d{3})\d$", re.MULTILINE)


class Catalogue:
    def __init__(self, path):
        self.entries = self._split(Path(path).read_text())

    def _split(self, text):
        return RULE.split(text)

    def count(self, decade):
        return sum(self._decade(entry) == decade for entry in self.entries)

    def _decade(self, entry):
        made = MADE.search(entry)
        return int(made[1]) if made else 0
