from collections import Counter, defaultdict

from .glossary import GLOSSARY
from .patterns import PATTERNS


class Reader:
    """Goes through one saga after another."""

    def __init__(self):
        self._marks = defaultdict(list)
        self._unknown = Counter()

    def mark(self, title, text):
        for name, pattern in PATTERNS.items():
            found = list(pattern.finditer(text))
            self._marks[name].append((title, found))
            if name == "kenning":
                self._unknown.update(match[0] for match in found if match[0] not in GLOSSARY)

    def totals(self):
        for name, sagas in self._marks.items():
            yield name, sum(len(found) for _, found in sagas)
        yield "unknown", self._unknown.total()
