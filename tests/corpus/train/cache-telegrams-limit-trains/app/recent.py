from collections import OrderedDict


class Recent:
    """What was heard lately, by train; the train that has been silent longest goes first."""

    def __init__(self, limit):
        self._limit = limit
        self._heard = OrderedDict()

    def hear(self, telegram):
        heard = self._heard.setdefault(telegram.train, [])
        heard.append(telegram)
        self._heard.move_to_end(telegram.train)
        while len(self._heard) > self._limit:
            self._heard.popitem(last=False)

    def last(self, train):
        return self._heard[train][-1]
