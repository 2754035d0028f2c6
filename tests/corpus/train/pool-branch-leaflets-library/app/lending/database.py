import os

from psycopg import connect
from psycopg_pool import ConnectionPool

URL = os.environ["DATABASE_URL"].replace("+psycopg", "")
CREATE = """
DROP TABLE IF EXISTS leaflet;
CREATE TABLE leaflet (branch text, month int, content text, PRIMARY KEY (branch, month))
"""
FILL = """
INSERT INTO leaflet
SELECT %s, month, (SELECT string_agg(md5(month::text || n), ' ') FROM generate_series(1, 5200) n)
FROM generate_series(0, 11) month
"""

pool = ConnectionPool(URL, kwargs={"autocommit": True}, min_size=4, max_size=8, open=False)


def prepare(branches):
    with connect(URL, autocommit=True) as connection:
        connection.execute(CREATE)
        for branch in branches:
            connection.execute(FILL, (branch,))
    pool.open(wait=True)
