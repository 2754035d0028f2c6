import sqlite3


class StockError(ValueError):
    def __init__(self, line, connection):
        super().__init__(line)
        self.connection = connection


_refused = []


def record_count(path, line):
    connection = open_stock(path)
    try:
        article, count = line.split(",")
        connection.execute("insert into stock values (?, ?)", (article, int(count)))
    except ValueError:
        error = StockError(line, connection)
        _refused.append(error)
        raise error from None
    connection.commit()
    connection.close()


def open_stock(path):
    connection = sqlite3.connect(path)
    connection.execute("pragma cache_size = 40")
    connection.execute("create table if not exists stock (article text, count integer)")
    connection.execute("select count(*) from stock").fetchone()
    return connection
