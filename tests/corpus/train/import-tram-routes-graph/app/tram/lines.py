def read_lines(rows=26, columns=34):
    """The legs of all lines: two stops and the minutes between them."""
    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns:
                yield f"{row}/{column}", f"{row}/{column + 1}", 2 + (row * column) % 3
            if row + 1 < rows and column % 4 == 0:
                yield f"{row}/{column}", f"{row + 1}/{column}", 3 + (row + column) % 4
