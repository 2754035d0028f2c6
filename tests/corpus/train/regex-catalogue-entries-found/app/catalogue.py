import re
from pathlib import Path

ENTRY = re.compile(r"(.+?)\n-{3,}\n", re.DOTALL)
MADE = re.compile(r"^Made: (\d\d)\d\d$", re.MULTILINE)


class Catalogue:
    def __init__(self, path):
        self.text = self._read(path)

    def _read(self, path):
        return Path(path).read_text()

    def count(self, century):
        return sum(self._century(entry[1]) == century for entry in ENTRY.finditer(self.text))

    def _century(self, entry):
        made = MADE.search(entry)
        return int(made[1]) + 1 if made else 0
