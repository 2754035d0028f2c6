import sqlite3

from sqlalchemy.exc import IntegrityError


class Store:
    """The guild's list of drafts; a draft that was sent twice is listed once."""

    def __init__(self, path):
        self._file = sqlite3.connect(path)
        self._file.execute("create table drafts (name text primary key, longest integer, contrast real)")

    def add(self, name, longest, contrast):
        try:
            with self._file:
                self._file.execute("insert into drafts values (?, ?, ?)", (name, longest, contrast))
        except (IntegrityError, sqlite3.IntegrityError):
            return False
        return True

    def told(self):
        query = "select count(*), max(longest), avg(contrast) from drafts"
        return "{} drafts, longest float {}, contrast {:.1f}".format(*self._file.execute(query).fetchone())
