"""Makes the heights of an area that a lidar survey would have brought."""

import numpy as np

numbers = np.random.default_rng(31)
steps = numbers.normal(0, 0.4, (2_400, 2_400))
np.save("heights.npy", (steps.cumsum(axis=0) + steps.cumsum(axis=1)).astype(np.float32))
