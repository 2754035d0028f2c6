from collections import defaultdict
from dataclasses import dataclass


@dataclass(slots=True)
class Entry:
    taxon: str
    place: str
    decade: str


class Index:
    def __init__(self):
        self.collectors = defaultdict(list)

    def add(self, label):
        self.collectors[label.collector].append(self._entry(label))

    def most(self):
        return max(self.collectors, key=lambda name: len(self.collectors[name]))

    def _entry(self, label):
        return Entry(label.taxon.upper(), label.place.casefold(), f"{label.year // 10}0s")
