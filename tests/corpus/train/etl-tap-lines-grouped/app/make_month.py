import numpy as np
import pandas as pd

COUNT, STOPS = 480_000, 500
numbers = np.random.default_rng(11)
pd.DataFrame(
    {
        "line": numbers.integers(1, 90, COUNT),
        "boarded": numbers.integers(0, STOPS, COUNT),
        "left": numbers.integers(0, STOPS, COUNT),
        "fare": numbers.integers(0, 480, COUNT) / 100,
        "rebate": numbers.integers(0, 90, COUNT) / 100,
        "card": numbers.integers(0, 80_000, COUNT),
        "zone": numbers.integers(1, 9, COUNT),
        "second": np.sort(numbers.integers(0, 2_592_000, COUNT)),
    }
).to_csv("taps.csv", index=False)
