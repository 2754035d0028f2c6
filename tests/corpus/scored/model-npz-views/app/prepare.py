import numpy as np

numbers = np.random.default_rng(8)
np.savez_compressed(
    "songs.npz",
    vectors=np.round(numbers.standard_normal((36_000, 64)), 1).astype(np.float32),
    years=numbers.integers(1950, 2025, 36_000),
)
