import heapq
import random
from dataclasses import dataclass, field
from operator import itemgetter

PEAKS = 1_000


@dataclass
class Spectrum:
    """A sample on the plate; what it was made of limits how many atoms of each element there can be."""

    well: str
    limits: tuple
    peaks: list = field(default_factory=list, repr=False)

    def strongest(self, count):
        return [round(mass) for mass, _ in heapq.nlargest(count, self.peaks, key=itemgetter(1))]


def read_run(samples):
    """All spectra of the run: they are shown side by side at the end."""
    device = random.Random(1912)
    return [_read(device, number) for number in range(samples)]


def _read(device, number):
    row, column = divmod(number, 12)
    limits = (16 + row, 5 + column % 4, 7 + column // 4, 2, 40 + column)
    peaks = [(150 + 250 * device.random(), device.random() ** 3) for _ in range(PEAKS)]
    return Spectrum(f"{'ABCDEFGH'[row]}{column + 1}", limits, peaks)
