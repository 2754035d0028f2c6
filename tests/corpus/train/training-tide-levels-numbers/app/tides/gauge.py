import math

import torch

PERIODS = (12.42, 12.0, 25.82, 23.93)


def levels(hours, seed=3):
    """Metres above the mean, hour by hour: four tides and some weather."""
    noise = torch.Generator().manual_seed(seed)
    time = torch.arange(hours, dtype=torch.float32)
    tide = sum(math.sqrt(n) * torch.sin(2 * math.pi * time / period) for n, period in enumerate(PERIODS, 1))
    return tide + torch.randn(hours, generator=noise) * 0.1


def windows(series, length=72):
    """Pairs of what was measured and what came next."""
    rows = series.unfold(0, length + 1, 1)
    return rows[:, :length], rows[:, length:]


def batches(pair, size):
    yield from zip(pair[0].split(size), pair[1].split(size), strict=True)
