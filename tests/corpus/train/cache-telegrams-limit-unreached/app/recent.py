from collections import OrderedDict


class Recent:
    """What was heard lately; beyond the limit the oldest telegram goes, whoever sent it."""

    def __init__(self, limit):
        self._limit = limit
        self._heard = OrderedDict()
        self._count = 0

    def hear(self, telegram):
        self._count += 1
        self._heard[telegram.train, self._count] = telegram
        while len(self._heard) > self._limit:
            self._heard.popitem(last=False)

    def last(self):
        return next(reversed(self._heard.values()))
