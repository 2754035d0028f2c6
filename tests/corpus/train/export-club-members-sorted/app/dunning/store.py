import sqlite3
from contextlib import closing


def as_dict(cursor, row):
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


class Dues:
    """The dues of all members, as rows that know their columns."""

    def __init__(self, path):
        self._path = path

    def rows(self):
        with closing(sqlite3.connect(self._path)) as connection:
            connection.row_factory = as_dict
            yield from connection.execute("select * from dues")
