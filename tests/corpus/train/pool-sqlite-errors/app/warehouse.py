def counts(number):
    """Every other line has no count: the scanners of one warehouse leave it out."""
    for index in range(number):
        yield f"A-{index},{index % 12}" if index % 2 else f"A-{index},"
