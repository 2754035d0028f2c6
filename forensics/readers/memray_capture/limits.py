"""How much of this machine one capture may use, in proportion to what its file holds.

A few megabytes on disk can claim thousands of millions of blocks, paths or names. Each limit is far
above what a recorder writes in so many bytes, and grows with the file or with the expansion that
the user allowed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forensics.readers.source import Source

MOST_THREADS = 1 << 17
#: Records that are read one by one: names of threads, code objects, loaded files.
MOST_ASIDES = 1 << 20
DEEPEST_STACK = 1 << 20
MOST_MAPPINGS = 1 << 20
LONGEST_RECORD = 16 << 20
NAME_BYTES = 256 << 20
TABLE_BYTES = 640 << 20
TREE_NODES = 4 << 20


class TooMuch(Exception):
    """A limit would be passed; the text says which."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bytes of all tables together, nodes of the tree, bytes of names and line tables."""

    table_bytes: int = TABLE_BYTES
    nodes: int = TREE_NODES
    name_bytes: int = NAME_BYTES

    def check_tables(self, tables: list[np.ndarray], more: int) -> None:
        """Raise TooMuch where these tables and ``more`` bytes are over the limit."""
        if sum(table.nbytes for table in tables) + more > self.table_bytes:
            raise TooMuch(f"needs more than {self.table_bytes} bytes of memory to be decoded")

    def check_nodes(self, count: int) -> None:
        if count > self.nodes:
            raise TooMuch(f"claims more than {self.nodes} call paths")


def limits_for(source: Source) -> Limits:
    size = max(source.size, (source.max_expansion_bytes or 0) // 8)
    return Limits(
        table_bytes=TABLE_BYTES + 8 * size, nodes=TREE_NODES + size // 8, name_bytes=NAME_BYTES + size
    )
