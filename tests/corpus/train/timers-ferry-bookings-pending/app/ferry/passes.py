"""Boarding passes as printed at the quay: one bit a dot, in lines for the thermal printer."""

from itertools import cycle, islice

LINES, BYTES = 320, 56


def draw_pass(traveller):
    seed = f"{traveller.number:06d}{traveller.island}".encode()
    return b"".join(bytes(islice(cycle(seed), line % 7, line % 7 + BYTES)) for line in range(LINES))
