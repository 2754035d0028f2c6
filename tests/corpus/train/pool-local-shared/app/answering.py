from archive import archive


def answer(meter, day):
    with archive() as connection:
        (total,) = connection.execute(
            "select sum(length(curve)) from reading where day <= ?", (day * 30,)
        ).fetchone()
    return (total or 0) * meter
