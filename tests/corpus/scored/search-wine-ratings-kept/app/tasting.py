"""Ratings of wines by a panel, and what the laboratory measured in them."""

import numpy as np

MEASURED = ("alcohol", "sugar", "acid", "sulphur", "density", "colour", "tannin", "potassium")


def panel(count, seed=8):
    numbers = np.random.default_rng(seed)
    wines = numbers.normal(size=(count, len(MEASURED))).astype(np.float32)
    taste = np.tanh(wines[:, 0] - wines[:, 2]) * 4 + np.sin(wines[:, 6]) + wines[:, 1] * wines[:, 5]
    return wines, taste + numbers.normal(0, 0.4, count)
