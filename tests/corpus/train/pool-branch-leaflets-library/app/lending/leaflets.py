from functools import lru_cache

from lending.database import pool

QUERY = "SELECT content FROM leaflet WHERE branch = %s AND month = %s"


@lru_cache(maxsize=120)
def leaflet(branch, month):
    """The text of a leaflet; its lines are broken when it is printed."""
    with pool.connection() as connection:
        (content,) = connection.execute(QUERY, (branch, month)).fetchone()
    return content
