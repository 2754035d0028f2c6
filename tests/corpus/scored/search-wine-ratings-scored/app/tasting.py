"""Ratings of wines by a panel, and what the laboratory measured in them."""

import numpy as np

MEASURED = ("alcohol", "sugar", "acid", "sulphur", "density", "colour", "tannin", "potassium")


class Panel:
    """The spectra of all wines as they come from the laboratory, and the ratings."""

    def __init__(self, count, wavelengths, seed=8):
        numbers = np.random.default_rng(seed)
        self.spectra = numbers.standard_normal((count, wavelengths), dtype=np.float32)
        wines = self.measured()
        taste = np.tanh(wines[:, 0] - wines[:, 2]) * 4 + np.sin(wines[:, 6]) + wines[:, 1] * wines[:, 5]
        self.ratings = taste + numbers.normal(0, 0.4, count)

    def measured(self):
        """The eight bands that say something."""
        step = self.spectra.shape[1] // len(MEASURED)
        return np.ascontiguousarray(self.spectra[:, ::step][:, : len(MEASURED)])

    def outliers(self):
        return int((self.spectra.max(axis=1) > 4.9).sum())
