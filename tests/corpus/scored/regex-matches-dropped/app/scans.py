import zlib

SEED = bytes(range(256)) * 120


def scan(letter):
    """The letter as grey values, not packed."""
    return zlib.compress(SEED + letter[:40].encode(), level=0)
