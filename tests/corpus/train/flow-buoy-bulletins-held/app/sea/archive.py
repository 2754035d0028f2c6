import json
import sqlite3
import time

from sea.register import REGISTER

BATCH = 50


class Archive:
    """Files bulletins in batches; each batch waits for the disk."""

    def __init__(self, path):
        self._path = path
        self.filed = 0

    def __enter__(self):
        self._base = sqlite3.connect(self._path, check_same_thread=False)
        self._base.execute("create table surface (buoy int, owner text, number int, temperature real)")
        return self

    def __exit__(self, *error):
        self._base.close()

    def file(self, inbox):
        batch = []
        while bulletin := inbox.get():
            owner = REGISTER[bulletin.buoy]["owner"]
            batch.append((bulletin.buoy, owner, self.filed + len(batch), bulletin.temperature))
            if len(batch) == BATCH:
                self._write(batch)
                batch.clear()
        self._write(batch)

    def _write(self, batch):
        with self._base:
            self._base.executemany("insert into surface values (?, ?, ?, ?)", batch)
        time.sleep(0.02)  # until the disk says so
        self.filed += len(batch)

    def warmest(self):
        rows = self._base.execute("select owner, max(temperature) from surface")
        return json.dumps(rows.fetchone()), len(REGISTER)
