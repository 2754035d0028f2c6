"""Whether memray wrote a capture to its end: where it could not, it says so in the middle of the output."""

from __future__ import annotations

from pathlib import Path

import lz4.frame

_LZ4_FRAME = b"\x04\x22\x4d\x18"
_PIECE = 4 << 20
#: The last record of a whole capture: of all allocations, of an aggregated one. Zero bytes may follow it.
#: Seen: memray 1.20, capture format 13.
_LAST_RECORDS = (b"\x01", b"\x0f")


def ends_early(capture: Path) -> bool:
    """True where the capture of a program that ended by itself was not closed, or closed inside its records.

    memray compresses a file when it closes it. Without space it closes one that lacks its end, or none.
    Rarely what is cut ends in a byte like that of the last record, and False comes back.
    """
    with capture.open("rb") as file:
        if file.read(len(_LZ4_FRAME)) != _LZ4_FRAME:
            return True
        file.seek(0)
        last = b""
        decompressor = lz4.frame.LZ4FrameDecompressor()
        while piece := file.read(_PIECE):
            try:
                records = decompressor.decompress(piece)
            except RuntimeError:
                return True
            last = records.rstrip(b"\0")[-1:] or last
    return not decompressor.eof or last not in _LAST_RECORDS
