"""What the turbines of the wind farm reported, every ten minutes."""

from dataclasses import dataclass, field

import numpy as np

PER_DAY = 144


@dataclass
class Turbine:
    name: str
    seed: int
    rated_kw: float = 3_000.0
    wind: np.ndarray = field(init=False, repr=False)
    power: np.ndarray = field(init=False, repr=False)

    def read(self, days):
        numbers = np.random.default_rng(self.seed)
        self.wind = numbers.weibull(2.0, days * PER_DAY) * 8
        self.power = np.clip(self.wind**3 * 1.9, 0, self.rated_kw)
        self.power *= numbers.normal(1.0, 0.03, self.power.size)
        return self

    @property
    def load_factor(self):
        return float(self.power.mean() / self.rated_kw)


def turbines(count, days):
    for number in range(count):
        yield Turbine(f"WT{number + 1:02}", seed=number).read(days)
