from archive import archive


def invoices():
    """The sum of all curves, for the invoices of the year."""
    with archive() as connection:
        curves = connection.execute("select meter, curve, curve || curve from reading").fetchall()
    return sum(len(twice) for _meter, _curve, twice in curves)
