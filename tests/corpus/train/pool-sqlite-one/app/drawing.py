def draw_counts(number):
    """A bitmap of the day: one row of pixels a line."""
    canvas = bytearray(number * 24_000)
    for row in range(number):
        canvas[row * 24_000 : row * 24_000 + 9] = b"\xff" * 9
    return bytes(canvas)
