"""What was asked for last is asked for again soon."""

from collections import OrderedDict


class Recent:
    """Keeps things up to a number of characters, the ones used last."""

    def __init__(self, room):
        self.room = room
        self.used = 0
        self._kept = OrderedDict()

    def get(self, key):
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key, plan):
        self._kept[key] = plan
        self.used += len(plan.sheet)
        while self.used > self.room:
            _, oldest = self._kept.popitem(last=False)
            self.used -= len(oldest.sheet)
