"""Turns a page into dots, one byte for each four of them."""

import zlib

WIDTH, HEIGHT = 1_240, 500


def rasterise(title, grey):
    """The dots of the page packed for the way, first of all its grid of grey dots."""
    rows = bytearray()
    for line in range(HEIGHT):
        seed = zlib.crc32(f"{title}{line}".encode()).to_bytes(4, "big")
        rows += (seed * 40).ljust(WIDTH, bytes([(grey + line) % 256]))
    return bytes(rows[: WIDTH * HEIGHT // 6])
