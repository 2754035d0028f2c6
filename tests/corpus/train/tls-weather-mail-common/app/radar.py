SIDE = 900


def loop(pictures=6):
    """Grey pictures of the rain with their names, the oldest first."""
    head = f"P5 {SIDE} {SIDE} 255\n".encode()
    for number in range(pictures):
        row = bytes((column * (number + 1) // 7) % 256 for column in range(SIDE))
        yield f"rain-{number}.pgm", head + row * SIDE
