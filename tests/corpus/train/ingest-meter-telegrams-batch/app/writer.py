import asyncio
from collections import defaultdict

AT_ONCE = 500


class Writer:
    """Writes many rows at a time, as a commit is slow; a batch is of one meter, for the sake of the index."""

    def __init__(self, store):
        self._store = store
        self._batches = defaultdict(list)
        self.written = 0

    async def take(self, telegram):
        batch = self._batches[telegram.meter]
        batch.append((telegram.meter, telegram.hour, telegram.load))
        if len(batch) >= AT_ONCE:
            await asyncio.to_thread(self._store.insert, batch)
            self.written += len(batch)
            batch.clear()
