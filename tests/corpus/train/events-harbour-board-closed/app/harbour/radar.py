"""The picture of the harbour's radar: one byte for each direction and range."""

DIRECTIONS, RANGES = 360, 400


def sweep(movement):
    quiet = bytes((movement.minute + step) % 9 for step in range(RANGES))
    picture = bytearray(quiet * DIRECTIONS)
    direction, distance = movement.minute % DIRECTIONS, movement.number % RANGES
    picture[direction * RANGES + distance] = 255
    return bytes(picture)
