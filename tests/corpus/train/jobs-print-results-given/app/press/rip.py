"""Turns a page into dots, one byte for each four of them."""

import threading
import zlib

WIDTH, HEIGHT = 1_240, 500

own = threading.local()


def plate():
    """The plate of this thread, on which it makes one page after another in twelve separations."""
    if not hasattr(own, "plate"):
        own.plate = bytearray(WIDTH * HEIGHT * 12)
    return own.plate


def rasterise(title, grey):
    """The dots of the page packed for the way, first of all its grid of grey dots."""
    rows = plate()
    for line in range(HEIGHT):
        seed = zlib.crc32(f"{title}{line}".encode()).to_bytes(4, "big")
        rows[line * WIDTH : (line + 1) * WIDTH] = (seed * 40).ljust(WIDTH, bytes([(grey + line) % 256]))
    return bytes(rows[: WIDTH * HEIGHT // 6])
