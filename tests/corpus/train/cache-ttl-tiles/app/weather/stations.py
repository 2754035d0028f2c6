import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Station:
    name: str
    latitude: float
    longitude: float

    def degrees(self, hour):
        return round(12 + 8 * math.sin(hour / 3.82 + self.latitude), 2)

    def rain(self, hour):
        return round(max(0.0, math.cos(hour / 5 + self.longitude)), 3)


STATIONS = [Station(f"S{n:03d}", 47 + n % 9, 6 + n // 9) for n in range(81)]


def nearest_station(latitude, longitude):
    return min(STATIONS, key=lambda s: (s.latitude - latitude) ** 2 + (s.longitude - longitude) ** 2)
