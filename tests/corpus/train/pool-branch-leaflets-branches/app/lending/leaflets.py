from lending.database import pool_of

QUERY = "SELECT content FROM leaflet WHERE branch = %s AND month = %s"


def leaflet(branch, month):
    """The text of a leaflet; its lines are broken when it is printed."""
    with pool_of(branch).connection() as connection:
        (content,) = connection.execute(QUERY, (branch, month)).fetchone()
    return content
