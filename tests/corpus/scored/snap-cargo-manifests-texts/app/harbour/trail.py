"""The audit trail: what the office decided this night, for the officer who signs it in the morning."""

import logging


class Trail(logging.Handler):
    def __init__(self):
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        self.entries = []

    def emit(self, record):
        self.entries.append(self.format(record))

    def told(self, word):
        return [entry for entry in self.entries if entry.split(" ", 1)[1].startswith(word)]


_trail = Trail()


def open_trail():
    logger = logging.getLogger("harbour")
    logger.setLevel(logging.INFO)
    logger.addHandler(_trail)


def tell(word):
    return _trail.told(word)
