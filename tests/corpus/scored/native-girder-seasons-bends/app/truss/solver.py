from dataclasses import dataclass

import numpy as np
from scipy.sparse.linalg import splu


@dataclass
class State:
    """The girder on one day, and how far it sagged under its trains."""

    celsius: float
    sag: float = 0.0


def state_of(plate, celsius, loads):
    factor = splu(plate.stiffness(celsius))
    return State(celsius, max(float(np.abs(factor.solve(load)).max()) for load in loads))
