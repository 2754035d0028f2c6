from dataclasses import dataclass

from lxml import etree


@dataclass(slots=True)
class Entry:
    term: str
    act: int
    meaning: etree._Element

    def text(self):
        return "".join(self.meaning.itertext())


class Glossary:
    """What each act says a word means, for the page that sets them side by side."""

    def __init__(self):
        self._entries = []

    def __len__(self):
        return len(self._entries)

    def note(self, act, definition):
        self._entries.append(Entry(definition.get("term"), act, definition))

    def longest(self):
        return max(self._entries, key=lambda entry: len(entry.text())).act
