"""The stage as it is seen from a seat: a small picture in grey."""

WIDTH, HEIGHT = 200, 150
HEADER = b"P5 %d %d 255\n" % (WIDTH, HEIGHT)


def remembered(function):
    """Pictures are slow to draw: each is drawn once."""

    def answer(*arguments, _drawn={}):  # noqa: B006
        if arguments not in _drawn:
            _drawn[arguments] = function(*arguments)
        return _drawn[arguments]

    return answer


@remembered
def stage(row, seat):
    edge = int(50 + row * 2 + (seat - 16) ** 2 / 8)
    light = bytes(max(0, 255 - abs(column - WIDTH // 2) * 2 - row * 3) for column in range(WIDTH))
    lines = [light if line > edge else bytes(WIDTH) for line in range(HEIGHT - 1)]
    return HEADER + b"".join(lines)


def view(row, seat, price):
    return stage(row, seat) + f"{price:.2f}".encode().ljust(WIDTH, b" ")
