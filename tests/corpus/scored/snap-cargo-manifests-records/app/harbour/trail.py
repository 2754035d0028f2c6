"""The audit trail: what the office decided this night, for the officer who signs it in the morning."""

import logging


class Trail(logging.Handler):
    def __init__(self):
        super().__init__(logging.INFO)
        self.entries = []

    def emit(self, record):
        self.entries.append(record)

    def told(self, word):
        return [record.getMessage() for record in self.entries if record.getMessage().startswith(word)]


_trail = Trail()


def open_trail():
    logger = logging.getLogger("harbour")
    logger.setLevel(logging.INFO)
    logger.addHandler(_trail)


def tell(word):
    return _trail.told(word)
