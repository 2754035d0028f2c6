import sqlite3

_connections = {}


class StockError(ValueError):
    pass


def record_count(path, line):
    connection = connection_for(path)
    try:
        article, count = line.split(",")
        connection.execute("insert into stock values (?, ?)", (article, int(count)))
    except ValueError:
        raise StockError(line) from None
    connection.commit()


def connection_for(path):
    if path not in _connections:
        connection = _connections[path] = sqlite3.connect(path)
        connection.execute("create table if not exists stock (article text, count integer)")
    return _connections[path]


def close():
    while _connections:
        _connections.popitem()[1].close()
