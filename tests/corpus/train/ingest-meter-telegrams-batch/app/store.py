import sqlite3


class Store:
    def __init__(self, path):
        self._connection = sqlite3.connect(path)
        self._connection.execute("create table if not exists load (meter integer, hour integer, bytes blob)")

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._connection.commit()
        self._connection.close()

    def insert(self, rows):
        self._connection.executemany("insert into load values (?, ?, ?)", rows)
        self._connection.commit()
