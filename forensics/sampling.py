"""From sampled counts to estimates, and how far an estimate may be off.

Source: an allocator that samples by bytes starts a new exponential countdown of mean ``rate`` bytes
after each sample, so a block of ``size`` bytes is seen with probability ``1 - exp(-size / rate)``
(Go's runtime/mprof.go, tcmalloc's and jemalloc's heap profilers, `scaleHeapSample` of google/pprof).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

#: Estimates from here on cannot be told exactly in int64.
LARGEST_ESTIMATE = float(1 << 62)


def seen_share(block_bytes: ArrayLike, rate: int) -> np.ndarray:
    """Probability that a block of this many bytes is sampled, float64; 1 where ``rate`` is 0 or 1."""
    sizes = np.asarray(block_bytes, dtype=np.float64)
    return np.ones_like(sizes) if rate <= 1 else -np.expm1(-sizes / rate)


def unsampled(blocks: ArrayLike, size_bytes: ArrayLike, rate: int) -> tuple[np.ndarray, np.ndarray]:
    """Estimated (blocks, bytes), int64, behind buckets of sampled blocks and their summed bytes.

    Each bucket is scaled by its mean block size and cut to a whole number, as pprof does; a bucket
    without blocks or bytes is 0. A rate of 0 or 1 means that nothing was left out: the numbers come
    back as they are. Raises OverflowError where an estimate passes 2**62.
    """
    if rate <= 1:
        return np.asarray(blocks, dtype=np.int64), np.asarray(size_bytes, dtype=np.int64)
    seen_blocks = np.asarray(blocks, dtype=np.float64)
    seen_bytes = np.asarray(size_bytes, dtype=np.float64)
    counted = (seen_blocks != 0) & (seen_bytes != 0)
    mean = np.divide(seen_bytes, seen_blocks, out=np.ones_like(seen_bytes), where=counted)
    scale = np.where(counted, 1 / seen_share(mean, rate), 0.0)
    return _whole(seen_blocks * scale), _whole(seen_bytes * scale)


def standard_errors(
    estimated_blocks: ArrayLike, block_bytes: ArrayLike, rate: int
) -> tuple[np.ndarray, np.ndarray]:
    """One standard error of estimated (blocks, bytes), float64.

    Of ``N`` blocks each is seen with probability ``p``, so ``n / p`` estimates ``N`` with variance
    ``N (1 - p) / p``; the estimate stands in for ``N``.
    """
    estimates = np.asarray(estimated_blocks, dtype=np.float64)
    sizes = np.asarray(block_bytes, dtype=np.float64)
    share = np.maximum(seen_share(sizes, rate), np.finfo(np.float64).tiny)
    blocks_error = np.sqrt(estimates * (1 - share) / share)
    return blocks_error, blocks_error * sizes


def _whole(values: np.ndarray) -> np.ndarray:
    if values.size and not (np.abs(values) < LARGEST_ESTIMATE).all():
        raise OverflowError("an estimate passes 2**62")
    return values.astype(np.int64)
