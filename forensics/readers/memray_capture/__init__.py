"""memray captures: every allocation and free of a Python process, or their aggregate.

Format: header versions 11 (memray 1.11–1.18), 12 (1.19) and 13 (1.20), both layouts, raw or LZ4.
Source: https://github.com/bloomberg/memray, src/memray/_memray/record_writer.cpp and records.h.
Seen: 1.18.0, 1.19.3 and 1.20.0 on CPython 3.9 to 3.13.

The file is decoded here, bounds-checked, and not by memray: its reader opens captures of its own
version only, takes a cut file for a whole one and crashes on damaged ones.
"""

from __future__ import annotations

from forensics.capture import Capture
from forensics.readers.source import Source

FORMAT = "memray"
DESCRIPTION = "memray captures (1.11 to 1.20)"


def matches(source: Source) -> bool:
    """True for a raw or LZ4 file that begins with memray's magic."""
    from forensics.readers.memray_capture.stream import is_capture

    return is_capture(source.head)


def load(source: Source) -> Capture:
    """The capture in this file: moments ``peak``, ``end`` and, unless aggregated, ``allocated``.

    Raises BadDump where the header or the replayed peak cannot be believed; a capture that ends
    early or is damaged further on is loaded up to there and says so in ``health``.
    """
    from forensics.readers.memray_capture.loading import load_capture

    return load_capture(source)
