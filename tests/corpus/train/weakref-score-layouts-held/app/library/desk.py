import time

from library.parts import Part
from library.stands import page


class Desk:
    """Gives out a part to each stand for one rehearsal."""

    def __init__(self, instruments):
        self._instruments = instruments

    def rehearse(self, work, bars):
        turned = 0
        given = [Part(work, instrument, bars) for instrument in self._instruments]
        time.sleep(0.008)  # the oboe gives the tone
        for part in given:
            for bar in range(0, bars, 40):
                turned += page(part, bar) > 0
        return turned
