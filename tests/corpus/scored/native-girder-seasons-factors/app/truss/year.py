import math
import time

import numpy as np
from truss.solver import state_of


class Year:
    def __init__(self, plate, days):
        self.plate = plate
        self.days = days
        self.states = {}
        #: Where each of the trains stands on the plate, at every metre of its passage.
        self.trains = np.random.default_rng(21).random((3_000, plate.side * plate.side))

    def celsius(self, day):
        return 12 + 14 * math.sin(day / self.days * 2 * math.pi) + day % 3

    def pass_over(self, day):
        state = state_of(self.plate, self.celsius(day))
        for train in range(day % 5, 3_000, 60):
            state.bend(self.trains[train])
        self.states[day] = state
        time.sleep(0.1)

    def worst(self):
        return max(self.states, key=lambda day: self.states[day].sag)
