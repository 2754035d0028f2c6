"""Hourly values of the stations that measure the air of a city."""

import numpy as np
import pandas as pd

GASES = ["no2", "o3", "pm10", "pm25", "so2", "co"]


def load(stations=12, days=365 * 3):
    numbers = np.random.default_rng(21)
    hours = pd.date_range("2023-01-01", periods=days * 24, freq="h")
    frames = []
    for station in range(stations):
        values = numbers.gamma(4.0, 6.0, (len(hours), len(GASES)))
        values[numbers.random(len(hours)) < 0.01] = np.nan
        frame = pd.DataFrame(values, columns=GASES)
        frame.insert(0, "hour", hours)
        frame.insert(1, "station", station)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)
