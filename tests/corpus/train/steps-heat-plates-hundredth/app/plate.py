"""Heat in a plate that is quenched on one side: explicit differences on a square grid."""

import numpy as np

SIDE = 180
STEPS = 12_000


def hot_plate(rng):
    field = np.full((SIDE, SIDE), 880.0) + rng.normal(0, 3, (SIDE, SIDE))
    field[:, 0] = 20.0
    return field


def advance(field, out, rate=0.21):
    """One step into ``out``; the edges keep their temperature."""
    out[:] = field
    inner = field[1:-1, 1:-1]
    out[1:-1, 1:-1] += rate * (
        field[:-2, 1:-1] + field[2:, 1:-1] + field[1:-1, :-2] + field[1:-1, 2:] - 4 * inner
    )
    return out
