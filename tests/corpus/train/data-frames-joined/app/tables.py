import numpy as np
import pandas as pd


def orders(count):
    numbers = np.random.default_rng(3)
    return pd.DataFrame({"customer": numbers.integers(0, 6_000, count), "amount": numbers.random(count)})


def customers(count):
    numbers = np.arange(count)
    columns = {f"flag_{n}": (numbers % (n + 2)).astype(np.float64) for n in range(24)}
    return pd.DataFrame({"customer": numbers, "town": numbers % 90, **columns})
