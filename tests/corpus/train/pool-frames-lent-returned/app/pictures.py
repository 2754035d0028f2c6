"""The pictures that wildlife cameras send: runs of equal bytes."""

import random
import struct
import zlib

PIXELS = 1_200 * 900
RUN = struct.Struct("!HB")


class Damaged(Exception):
    """A picture that did not arrive as it was sent."""


def expand(sent, frame):
    """Write the picture into the frame and return how much of it is bright."""
    checksum, runs = int.from_bytes(sent[:4], "big"), sent[4:]
    if zlib.crc32(runs) != checksum:
        raise Damaged(len(sent))
    at = bright = 0
    for length, grey in RUN.iter_unpack(runs):
        frame[at : at + length] = bytes([grey]) * length
        at += length
        bright += length if grey > 127 else 0
    return bright * 100 // PIXELS


def picture(camera, number):
    """As a camera in the rain sends it: every other one has a bit that fell over."""
    chosen = random.Random(camera * 1_000 + number)
    runs = b"".join(RUN.pack(10_800, chosen.randrange(256)) for _ in range(PIXELS // 10_800))
    checksum = zlib.crc32(runs) ^ (chosen.random() < 0.5)
    return checksum.to_bytes(4, "big") + runs
