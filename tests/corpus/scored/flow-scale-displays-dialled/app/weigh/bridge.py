from dataclasses import dataclass

import numpy as np

GATES = ("east", "north", "quay")


@dataclass(frozen=True)
class Lorry:
    number: int
    gate: str
    readings: np.ndarray

    @property
    def tonnes(self):
        return round(float(np.median(self.readings)), 2)


def lorries(number, seed=90):
    numbers = np.random.default_rng(seed)
    for index in range(number):
        tonnes = numbers.uniform(7, 44)
        readings = (tonnes + numbers.normal(0, 0.4, 2_000)).astype(np.float32)
        yield Lorry(index, GATES[index % len(GATES)], readings)
