"""Broken files from whole ones. A seed gives the same bytes again."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Sequence

import zstandard

from forensics.readers.compressed import GZIP_MAGIC, ZSTD_MAGIC

_NUMBER = re.compile(rb"\d+")
#: Numbers at which a count, a size or a line stops to be one.
_EXTREMES = (0, 1, (1 << 31) - 1, 1 << 31, (1 << 32) - 1, (1 << 62), (1 << 63) - 1, 1 << 63, (1 << 64) - 1)


def mutated(contents: Sequence[bytes], seed: int) -> bytes:
    """One of these contents, broken in 1 to 8 places; a compressed one mostly below its compression."""
    chance = random.Random(seed)
    content = chance.choice(contents)
    if content.startswith(GZIP_MAGIC) and chance.random() < 0.8:
        return gzip.compress(_broken(gzip.decompress(content), contents, chance), 1, mtime=0)
    if content.startswith(ZSTD_MAGIC) and chance.random() < 0.8:
        whole = zstandard.ZstdDecompressor().decompressobj().decompress(content)
        return zstandard.ZstdCompressor().compress(_broken(whole, contents, chance))
    return _broken(content, contents, chance)


def _broken(content: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(broken) + 1)
        length = min(chance.choice((1, 2, 4, 8, 64, 1024)), len(broken) - at)
        kind = chance.randrange(8)
        if kind == 0:
            broken[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1 and at < len(broken):
            broken[at] ^= 1 << chance.randrange(8)
        elif kind == 2:
            del broken[at : at + length]
        elif kind == 3:
            broken[at:at] = broken[at : at + length] * chance.choice((1, 2, 50))
        elif kind == 4:
            broken[at : at + length] = chance.randbytes(length)
        elif kind == 5:
            _other_number(broken, at, chance)
        elif kind == 6:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            broken[at : at + length] = other[start : start + length]
        elif chance.random() < 0.3:
            del broken[at:]
    return bytes(broken)


def _other_number(broken: bytearray, at: int, chance: random.Random) -> None:
    """The next number in decimal becomes an extreme one, else the next 8 bytes do."""
    value = chance.choice(_EXTREMES)
    found = _NUMBER.search(broken, at)
    if found and chance.random() < 0.7:
        broken[found.start() : found.end()] = str(chance.choice((value, -value))).encode()
    else:
        width = chance.choice((1, 2, 4, 8))
        broken[at : at + width] = (value & (1 << 8 * width) - 1).to_bytes(width, "little")
