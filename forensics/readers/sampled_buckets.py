"""A profile out of buckets of sampled blocks, scaled to what they stand for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forensics.builder import Frame, ProfileBuilder
from forensics.errors import BadDump
from forensics.profile import Profile
from forensics.readers.source import Source
from forensics.sampling import LARGEST_ESTIMATE, standard_errors, unsampled


def sampled_profile(
    source: Source, paths: Sequence[Sequence[Frame]], counts: Sequence[tuple[int, int]], rate: int
) -> Profile:
    """The estimates behind (blocks, bytes) as sampled on each path, outermost frame first.

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
    if rate <= 1:
        return exact_profile(paths, blocks, size_bytes)
    mean = seen[:, 1] / np.maximum(seen[:, 0], 1)
    blocks_error, bytes_error = standard_errors(blocks, mean, rate)
    builder = ProfileBuilder(errors=("bytes", "blocks"))
    for row in np.flatnonzero(blocks).tolist():
        builder.add(
            paths[row],
            bytes=int(size_bytes[row]),
            blocks=int(blocks[row]),
            bytes_error=float(bytes_error[row]),
            blocks_error=float(blocks_error[row]),
        )
    return builder.build()


def exact_profile(paths: Sequence[Sequence[Frame]], blocks: np.ndarray, size_bytes: np.ndarray) -> Profile:
    """The profile of these counts as they are; paths without blocks are left out."""
    builder = ProfileBuilder()
    for row in np.flatnonzero(blocks).tolist():
        builder.add(paths[row], bytes=int(size_bytes[row]), blocks=int(blocks[row]))
    return builder.build()


def check_sums(*columns: np.ndarray) -> None:
    """Raise OverflowError where a column adds up to more than 2**62."""
    if any(column.sum(dtype=np.float64) >= LARGEST_ESTIMATE for column in columns):
        raise OverflowError("a sum passes 2**62")
