"""Compiles every kernel of this package by using it once; `forensics.compiled` keeps the result."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from forensics.readers.memray_capture.hashing import U, refill
from forensics.readers.memray_capture.loading import load_capture
from forensics.readers.memray_capture.tables import depths
from forensics.readers.memray_capture.tiny import tiny_captures
from forensics.readers.source import Source


def compile_kernels() -> None:
    """Decode a tiny capture of each layout, with its events and profiles."""
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(tiny_captures()):
            path = Path(folder) / f"{number}.bin"
            path.write_bytes(content)
            capture = load_capture(Source(path))
            for moment in capture.moments:
                capture.profile(moment)
            if capture.event_stream is not None:
                list(capture.events())
    refill(np.zeros(4, np.uint64), np.zeros(8, np.uint64), U(62))  # what no tiny capture needs
    for kind in (np.int32, np.int64):
        depths(np.full(1, -1, kind))
