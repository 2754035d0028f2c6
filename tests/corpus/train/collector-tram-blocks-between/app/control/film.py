"""Stills of a tram as it enters its blocks."""

import hashlib

SIDE = 64


class Film:
    def __init__(self, course):
        self._course = course
        self._stills = []

    def expose(self, place):
        grey = hashlib.sha256(f"{self._course} {place}".encode()).digest()
        self._stills.append(grey * (SIDE * SIDE // len(grey)))

    def brightness(self):
        return sum(sum(still[:SIDE]) for still in self._stills) // max(1, len(self._stills))
