from collections import Counter

from dispatch.trains import Train


class Roster:
    """All trains of the day: who drives is accounted for in the evening."""

    def __init__(self):
        self._trains = {}

    def enter(self, number, line, minute):
        self._trains[number] = train = Train(number, line, minute)
        return train

    def report(self):
        return dict(Counter(train.line for train in self._trains.values()))


roster = Roster()
