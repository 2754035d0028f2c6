from collections import Counter

from .glossary import GLOSSARY
from .patterns import PATTERNS


class Reader:
    """Goes through one saga after another."""

    def __init__(self):
        self._marks = Counter()
        self._unknown = Counter()

    def mark(self, title, text):
        for name, pattern in PATTERNS.items():
            for match in pattern.finditer(text):
                self._marks[name, title] += 1
                if name == "kenning" and match[0] not in GLOSSARY:
                    self._unknown[match[0]] += 1

    def totals(self):
        for pattern in PATTERNS:
            yield pattern, sum(times for (name, _), times in self._marks.items() if name == pattern)
        yield "unknown", self._unknown.total()
