"""A profile out of buckets of sampled blocks, scaled to what they stand for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forensics.builder import CallTree
from forensics.errors import BadDump
from forensics.profile import Profile
from forensics.readers.source import Source
from forensics.sampling import LARGEST_ESTIMATE, standard_errors, unsampled


def sampled_profile(
    source: Source, tree: CallTree, callsites: Sequence[int], counts: Sequence[tuple[int, int]], rate: int
) -> Profile:
    """The estimates behind (blocks, bytes) as sampled at each of these callsites of the tree.

    Buckets without blocks are left out. At a rate above 1 the columns ``blocks_error`` and
    ``bytes_error`` hold one standard error. Raises BadDump where an estimate does not fit.
    """
    seen = np.array(counts, dtype=np.int64).reshape(-1, 2)
    try:
        blocks, size_bytes = unsampled(seen[:, 0], seen[:, 1], rate)
        check_sums(blocks, size_bytes)
    except OverflowError as error:
        fault = f"its counts are impossible at a sampling rate of {rate}"
        raise BadDump(source.path, fault, "fetch the file again") from error
    values = {"bytes": size_bytes, "blocks": blocks}
    if rate > 1:
        mean = seen[:, 1] / np.maximum(seen[:, 0], 1)
        blocks_error, bytes_error = standard_errors(blocks, mean, rate)
        values |= {"bytes_error": bytes_error, "blocks_error": blocks_error}
    held = np.flatnonzero(blocks)
    rows = np.array(callsites, dtype=np.int64)[held]
    return tree.profile(rows, {name: column[held] for name, column in values.items()})


def check_sums(*columns: np.ndarray) -> None:
    """Raise OverflowError where a column adds up to more than 2**62."""
    if any(column.sum(dtype=np.float64) >= LARGEST_ESTIMATE for column in columns):
        raise OverflowError("a sum passes 2**62")
