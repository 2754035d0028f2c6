import numpy as np
import pandas as pd

COLUMNS = ("wind", "power", "pitch", "yaw", "oil", "bearing", "vibration", "rotor")


def quarters(count, turbines=60, seconds=60):
    """What all turbines reported in each quarter of an hour."""
    numbers = np.random.default_rng(14)
    begin = pd.Timestamp("2026-02-01")
    for quarter in range(count):
        values = numbers.normal(10, 2, (turbines * seconds, len(COLUMNS)))
        times = pd.date_range(begin + pd.Timedelta(minutes=15 * quarter), periods=seconds, freq="15s")
        index = pd.MultiIndex.from_product([range(turbines), times], names=["turbine", "time"])
        yield pd.DataFrame(values, index=index, columns=list(COLUMNS))
