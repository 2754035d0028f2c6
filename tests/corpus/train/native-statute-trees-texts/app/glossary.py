from dataclasses import dataclass


@dataclass(slots=True)
class Entry:
    term: str
    act: int
    meaning: str


class Glossary:
    """What each act says a word means, for the page that sets them side by side."""

    def __init__(self):
        self._entries = []

    def __len__(self):
        return len(self._entries)

    def note(self, act, definition):
        self._entries.append(Entry(definition.get("term"), act, "".join(definition.itertext())))

    def longest(self):
        return max(self._entries, key=lambda entry: len(entry.meaning)).act
