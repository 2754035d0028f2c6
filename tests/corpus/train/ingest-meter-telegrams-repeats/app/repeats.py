class Repeats:
    """The line sends a telegram again if it has not seen the answer."""

    def __init__(self):
        self._seen = set()
        self.dropped = 0

    def is_new(self, telegram):
        key = self._key(telegram)
        if key in self._seen:
            self.dropped += 1
            return False
        self._seen.add(key)
        return True

    def _key(self, telegram):
        return b"%d/%d/" % (telegram.meter, telegram.hour) + telegram.load
