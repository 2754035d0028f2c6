import numpy as np
import pandas as pd


def chunks(rows, at_once):
    numbers = np.random.default_rng(3)
    for _ in range(rows // at_once):
        yield pd.DataFrame(
            {"customer": numbers.integers(0, 6_000, at_once), "amount": numbers.random(at_once)}
        )
