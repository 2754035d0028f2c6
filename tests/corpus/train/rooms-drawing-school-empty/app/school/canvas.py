WIDTH, HEIGHT = 540, 320


def blank():
    """White paper."""
    return bytearray(b"\xff") * (WIDTH * HEIGHT)


def line(canvas, x, y, length, grey):
    at = y * WIDTH + x
    canvas[at : at + length] = bytes([grey]) * length
