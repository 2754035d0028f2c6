from dataclasses import dataclass
from itertools import count

VISIT_SECONDS = 20 * 60


@dataclass(slots=True)
class Visit:
    until: int
    stops: list
    heard: set


class Sessions:
    """Visits by the number in their cookie; one that is over is forgotten when it is asked for."""

    def __init__(self, clock):
        self._clock = clock
        self._numbers = count(1)
        self._visits = {}

    def begin(self, stops):
        number = f"{next(self._numbers):06d}"
        self._visits[number] = Visit(self._clock.seconds + VISIT_SECONDS, stops, set())
        return number

    def get(self, number):
        visit = self._visits.get(number)
        if visit and visit.until < self._clock.seconds:
            del self._visits[number]
            visit = None
        return visit

    def __len__(self):
        return len(self._visits)
