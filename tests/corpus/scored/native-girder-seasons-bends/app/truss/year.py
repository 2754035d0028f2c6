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
        loads = self.trains[day % 5 :: 60]
        self.states[day] = state_of(self.plate, self.celsius(day), loads)
        time.sleep(0.1)

    def worst(self):
        return max(self.states, key=lambda day: self.states[day].sag)
