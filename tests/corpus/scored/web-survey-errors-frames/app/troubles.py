import time


class Troubles:
    """What went wrong lately, for the page on the wall of the office."""

    def __init__(self):
        self._happened = []

    def note(self, name, error):
        self._happened.append((time.time(), name, error))

    def lines(self, last=5):
        return [f"{name}: {error}" for _, name, error in self._happened[-last:]]

    def __len__(self):
        return len(self._happened)
