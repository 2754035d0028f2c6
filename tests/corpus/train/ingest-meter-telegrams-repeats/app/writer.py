from repeats import Repeats

AT_ONCE = 500


class Writer:
    """Writes many rows at a time, as a commit is slow; a telegram that the line repeats is written once."""

    def __init__(self, store):
        self._store = store
        self._batch = []
        self._repeats = Repeats()
        self.written = 0

    async def take(self, telegram):
        if not self._repeats.is_new(telegram):
            return
        self._batch.append((telegram.meter, telegram.hour, telegram.load))
        if len(self._batch) >= AT_ONCE:
            self._store.insert(self._batch)
            self.written += len(self._batch)
            self._batch.clear()
