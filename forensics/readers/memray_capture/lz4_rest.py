"""What can be saved of an LZ4 block that ends early or is damaged.

Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
"""

from __future__ import annotations

WINDOW = 1 << 16
SHORTEST_MATCH = 4


def decode_rest(block: bytes, history: bytes, largest: int) -> bytes:
    """What this part of a block says, up to its end or the first thing that cannot be.

    ``history`` is what was decompressed before it; at most ``largest`` bytes come back.
    """
    out = bytearray(history[-WINDOW:])
    start = len(out)
    position = 0
    while position < len(block) and len(out) - start < largest:
        token = block[position]
        literals, position = _length(block, position + 1, token >> 4)
        out += block[position : position + literals]
        position += literals
        if position + 2 > len(block):
            break
        distance = block[position] | block[position + 1] << 8
        extra, after = _length(block, position + 2, token & 15)
        unfinished = token & 15 == 15 and (after == position + 2 or block[after - 1] == 255)
        if distance == 0 or distance > len(out) or unfinished:
            break
        _repeat(out, distance, min(extra + SHORTEST_MATCH, largest - (len(out) - start)))
        position = after
    return bytes(out[start : start + largest])


def _length(block: bytes, position: int, nibble: int) -> tuple[int, int]:
    """(length, position after it): 15 is continued by bytes until one is not 255."""
    if nibble < 15:
        return nibble, position
    length = nibble
    while position < len(block):
        length += block[position]
        position += 1
        if block[position - 1] != 255:
            break
    return length, position


def _repeat(out: bytearray, distance: int, length: int) -> None:
    """Append ``length`` bytes from ``distance`` back, which may overlap what is appended."""
    pattern = bytes(out[len(out) - distance :])
    repeated = pattern * (length // distance + 1)
    out += repeated[:length]
