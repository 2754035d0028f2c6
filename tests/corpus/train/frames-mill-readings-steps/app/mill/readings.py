import time

import numpy as np
import pandas as pd

COLUMNS = ("temperature", "moisture", "gap", "load", "ash", "speed")


def shift_of(number, rows=11_500):
    """One shift as the control writes it, with gaps and a few impossible values."""
    time.sleep(0.06)  # the control answers slowly
    dice = np.random.default_rng(9_000 + number)
    values = dice.normal(50, 12, (rows, len(COLUMNS)))
    values[dice.random(values.shape) < 0.01] = np.nan
    frame = pd.DataFrame(values, columns=list(COLUMNS))
    frame["stand"] = dice.integers(0, 12, rows)
    return frame
