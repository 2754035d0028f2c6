"""Snapshots of Python's tracemalloc.

Format: ``tracemalloc.Snapshot.dump``: a pickle of (domain, size, ((file, line), …), frames in all).
Source: CPython's Lib/tracemalloc.py and Modules/_tracemalloc.c.
Seen: CPython 3.7 to 3.14, with 1, 5 and 25 frames a stack. Pickle protocols 2 to 5.

Unpickling such a file runs what it says; here a machine for its data alone reads it (`pickle_machine`).
The allocator column is the domain (``domain 0`` is Python's own). There are no function names in
it: they are ``<unknown>`` until `forensics.recover_functions` finds them in the source.
"""

from __future__ import annotations

from forensics.capture import Capture
from forensics.readers.source import Source

FORMAT = "tracemalloc"
DESCRIPTION = "a tracemalloc snapshot (Snapshot.dump)"
UNKNOWN_FUNCTION = "<unknown>"


def matches(source: Source) -> bool:
    head = source.head[:256]
    return (
        head[:1] == b"\x80"
        and head[1:2] in (b"\2", b"\3", b"\4", b"\5")
        and b"tracemalloc" in head
        and b"Snapshot" in head
    )


def load(source: Source) -> Capture:
    """The snapshot, what is whole of it when cut. Raises BadDump where it is anything but data, TooLarge."""
    from forensics.readers.tracemalloc_snapshot.snapshot import load_snapshot  # compiled loops: imported late

    return load_snapshot(source)
