from dataclasses import dataclass, field

import numpy as np


@dataclass
class History:
    """The temperatures of a plate in the course of its quenching."""

    every: int
    times: list[int] = field(default_factory=list)
    fields: list[np.ndarray] = field(default_factory=list)

    def note(self, step, temperatures):
        self.fields.append(temperatures.astype(np.float16))
        self.times.append(step)

    def curve(self, row, column):
        """The temperature of one point, at the times that are plotted."""
        return [
            (step, float(temperatures[row, column]))
            for step, temperatures in zip(self.times, self.fields, strict=True)
            if step % self.every == 0
        ]
