import time

import numpy as np
from plates import RECORD, Plates
from sky import Sky


class Search:
    def __init__(self, path):
        self.plates = Plates(path)
        self.sky = Sky(cells=1_600)
        self.found = []

    def night(self, number):
        brightness = np.frombuffer(self.plates.night(number), np.float64)[4 :: RECORD.size // 8]
        for star in np.argsort(brightness)[:120]:
            _, epoch, ra, dec, mag, _ = self.plates.seen(number, int(star))
            if self.sky.is_new(ra, dec, mag):
                self.found.append((epoch, round(ra, 3), round(dec, 3)))
        time.sleep(0.05)


SEARCH = Search("plates.dat")
