import time

import numpy as np

WINDOW = 8_192


class Voicing:
    """How each pipe of the rank speaks: its spectrum while it swells, in steps of a tenth of a second."""

    def __init__(self, pipes, steps=96):
        self._steps = steps
        self.spectra = np.full((pipes, steps, 256), -90.0)

    def measure(self, take):
        shape = np.hanning(WINDOW).astype(np.float32)
        for step in range(self._steps):
            begin = step * take.rate // 10
            heard = np.abs(np.fft.rfft(take.samples[begin : begin + WINDOW] * shape))
            self.spectra[take.pipe, step] = 20 * np.log10(heard[: 256 * 4].reshape(256, 4).max(axis=1) + 1e-9)

    def attack(self, pipe):
        loud = self.spectra[pipe].max(axis=1)
        return int(np.argmax(loud > loud.max() - 3))


def voice(rank, pipes):
    voicing = Voicing(pipes)
    for take in rank:
        voicing.measure(take)
        time.sleep(0.03)
    return voicing
