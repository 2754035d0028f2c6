"""Compiled kernels that no longer match their sources are forgotten.

numba's cache looks at the file of the cached function only; these functions call each other across
files. So before any of them is loaded, indexes older than the newest of these files are removed.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

SOURCES = (
    "aggregated",
    "hashing",
    "kernel",
    "linetables",
    "machine",
    "paths",
    "settle",
    "state",
    "tree",
    "wire",
)


def forget_stale_kernels() -> None:
    """Remove cache indexes beside this package that are older than one of its compiled sources."""
    folder = Path(__file__).parent
    newest = max((folder / f"{name}.py").stat().st_mtime for name in SOURCES)
    for index in (folder / "__pycache__").glob("*.nbi"):
        with suppress(OSError):  # another process was faster, or the directory is not ours to change
            if index.stat().st_mtime < newest:
                index.unlink()


forget_stale_kernels()
