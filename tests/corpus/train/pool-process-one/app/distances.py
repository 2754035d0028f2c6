import array


def distances():
    """Metres between any two of 500 villages."""
    table = array.array("i", bytes(4 * 500 * 500))
    for north in range(0, 500, 5):
        for east in range(500):
            table[north * 500 + east] = abs(north - east) * 830
    return table
