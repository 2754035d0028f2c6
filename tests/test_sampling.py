"""Unsampling: pprof's formula, and an error that holds what it says."""

from __future__ import annotations

import numpy as np
import pytest

from forensics.sampling import seen_share, standard_errors, unsampled


def test_a_block_of_the_sampling_rate_is_seen_63_times_in_100() -> None:
    assert seen_share(524288, 524288) == pytest.approx(0.6321205588)


def test_estimates_are_cut_to_whole_numbers_as_pprof_does() -> None:
    # google/pprof's cppbench.heap: 7 blocks of 16384 bytes at 524288 print as 227 and 3727658
    blocks, size_bytes = unsampled([7, 0, 3], [114688, 0, 0], 524288)
    assert blocks.tolist() == [227, 0, 0]
    assert size_bytes.tolist() == [3727658, 0, 0]


@pytest.mark.parametrize("rate", [0, 1])
def test_without_sampling_numbers_stay_exact(rate: int) -> None:
    large = 2**62 + 1
    assert unsampled([large], [large], rate)[1].tolist() == [large]
    assert standard_errors([5], [100], rate)[0].tolist() == [0.0]


def test_estimates_beyond_the_range_are_refused() -> None:
    with pytest.raises(OverflowError):
        unsampled([2**61], [2**61], 1 << 30)


@pytest.mark.parametrize("size", [512, 65536, 2_000_000])
def test_the_truth_is_within_two_errors_19_times_in_20(size: int) -> None:
    """Blocks of one size, sampled as the runtime does, a thousand times over."""
    truth, rate = 20_000, 524288
    seen = np.random.default_rng(7).binomial(truth, float(seen_share(size, rate)), 1000)
    estimates, _ = unsampled(seen, seen * size, rate)
    errors, _ = standard_errors(estimates, np.full(1000, size), rate)
    assert 0.92 < (np.abs(estimates - truth) < 2 * errors + 1).mean() < 0.99
