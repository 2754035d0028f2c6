"""Kilometres between all pairs of stations, in one flat table."""

from array import array


class Network:
    def __init__(self, stations, kilometres):
        self.stations = stations
        self._kilometres = kilometres

    @classmethod
    def of(cls, stations):
        kilometres = array("d", [0.0]) * (stations * stations)
        for origin in range(stations):
            for hub in range(0, stations, 50):
                kilometres[origin * stations + hub] = abs(origin - hub) * 3.7
        return cls(stations, kilometres)

    def distance(self, origin, destination):
        hub = destination // 50 * 50
        return self._kilometres[origin * self.stations + hub] + (destination - hub) * 3.7
