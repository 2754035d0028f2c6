import numpy as np
import pandas as pd


def receipts(count):
    numbers = np.random.default_rng(9)
    receipts = pd.DataFrame(
        {
            "shop": numbers.integers(0, 240, count),
            "article": numbers.integers(0, 4_000, count),
            "amount": numbers.random(count),
        }
    )
    # Codes instead of texts: the tables stay small.
    return receipts.astype({"shop": "category", "article": "category"})
