import numpy as np
import pandas as pd

DISTRICTS = 6


def hires(count, days):
    numbers = np.random.default_rng(41)
    day = np.sort(numbers.integers(0, days, count))
    return pd.DataFrame(
        {
            "day": day,
            "district": numbers.integers(0, DISTRICTS, count),
            "minutes": numbers.gamma(2.0, 11.0, count),
            "fare": numbers.integers(100, 900, count) / 100,
            "member": numbers.random(count) < 0.7,
        }
    )


def weather(days, seed=42):
    """One row for each district and hour."""
    numbers = np.random.default_rng(seed)
    rows = days * 24 * DISTRICTS
    at = np.arange(rows)
    return pd.DataFrame(
        {
            "day": at // (24 * DISTRICTS),
            "hour": at // DISTRICTS % 24,
            "district": at % DISTRICTS,
            "degrees": 11 + 9 * np.sin(at / rows * 2 * np.pi) + numbers.normal(0, 3, rows),
            "rain": numbers.exponential(0.3, rows).round(1),
        }
    )
