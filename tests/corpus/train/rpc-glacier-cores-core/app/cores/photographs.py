from functools import lru_cache

LINES, DOTS = 420, 500


@lru_cache(maxsize=80)
def photograph(box):
    """The scanned photograph of a box of four cores, a grey value for each dot."""
    first = bytes((dot * (box + 3)) % 251 for dot in range(DOTS))
    return b"".join(first[line % DOTS :] + first[: line % DOTS] for line in range(LINES))
