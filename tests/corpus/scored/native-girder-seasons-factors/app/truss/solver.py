from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse.linalg import splu


@dataclass
class State:
    """The girder on one day: what it was solved with is good for more loads of that day."""

    celsius: float
    factor: Any = field(repr=False)
    sag: float = 0.0

    def bend(self, load):
        bent = self.factor.solve(load)
        self.sag = max(self.sag, float(np.abs(bent).max()))
        return bent


def state_of(plate, celsius):
    return State(celsius, splu(plate.stiffness(celsius)))
