import contextlib
import sqlite3
import threading

_lock = threading.Lock()
_connection = sqlite3.connect("archive.db", check_same_thread=False)
_connection.execute("pragma cache_size = 300")


@contextlib.contextmanager
def archive():
    with _lock:
        yield _connection
