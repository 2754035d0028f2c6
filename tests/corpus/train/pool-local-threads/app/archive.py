import sqlite3
import threading

_own = threading.local()


def archive():
    """This thread's connection: SQLite's may not be shared between threads."""
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect("archive.db")
        _own.connection.execute("pragma cache_size = 300")
    return _own.connection
