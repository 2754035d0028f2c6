"""Where every bag was read, and when."""


class Bag:
    __slots__ = ("last", "readings")

    def __init__(self):
        self.last = 0
        self.readings = []

    def add(self, belt, now):
        self.last = now
        self.readings.append((now, belt, f"{now} s: read at scanner {belt}, sent on to the sorter"))


class Tracker:
    """Bags by tag, the oldest in front, so that a sweep need not look at all of them."""

    def __init__(self, keep_seconds):
        self._keep = keep_seconds
        self._bags = {}

    def __len__(self):
        return len(self._bags)

    def seen(self, tag, belt, now):
        """Note a reading; the belt on which the bag was read before."""
        bag = self._bags.get(tag)
        if bag is None:
            bag = self._bags[tag] = Bag()
        before = bag.readings[-1][1] if bag.readings else belt
        bag.add(belt, now)
        return before

    def sweep(self, now):
        """Forget the bags that no scanner has read for long."""
        while self._bags:
            tag = next(iter(self._bags))
            if self._bags[tag].last >= now - self._keep:
                break
            del self._bags[tag]
