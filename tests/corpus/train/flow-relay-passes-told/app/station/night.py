import socket
from collections import Counter

import numpy as np

from station import DOTS
from station.retry import line_lost

LINES = 40
PASSES = 320


class Night:
    def __init__(self, address):
        self._address = address
        self._brightness = []
        self._swath = np.zeros((PASSES * LINES // 2, DOTS), np.uint8)
        self._missed = []

    def take(self, number):
        picture = self.receive(number)
        if picture is None:
            self._missed.append(number)
        else:
            self._brightness.append(float(picture.mean()))
            self._swath[number * LINES // 2 : (number + 1) * LINES // 2] = picture[::2]

    @line_lost
    def receive(self, number):
        dots = bytearray()
        with socket.create_connection(self._address) as line:
            line.sendall(b"%d\n" % number)
            while piece := line.recv(4 * DOTS):
                dots += piece
        if len(dots) < LINES * DOTS:
            raise EOFError(f"{len(dots) // DOTS} lines of {LINES}")
        return np.frombuffer(dots, np.uint8).reshape(LINES, DOTS)

    def report(self):
        attempts = Counter(mishap.attempt for mishap in line_lost.mishaps)
        worst = max(line_lost.mishaps, key=lambda mishap: mishap.attempt, default="")
        mean = sum(self._brightness) / max(1, len(self._brightness))
        dark = (self._swath < 20).mean()
        taken = f"{dark:.2f} dark, {len(self._brightness)} pictures, {mean:.2f}"
        return f"{taken}; missed {len(self._missed)}; {dict(attempts)}; {worst}"
