from dataclasses import dataclass
from itertools import count

VISIT_SECONDS = 20 * 60


@dataclass(slots=True)
class Visit:
    until: int
    stops: list
    heard: set


class Sessions:
    """Visits by the number in their cookie; those that are over are forgotten when another begins."""

    def __init__(self, clock):
        self._clock = clock
        self._numbers = count(1)
        self._visits = {}

    def begin(self, stops):
        while self._visits and next(iter(self._visits.values())).until < self._clock.seconds:
            del self._visits[next(iter(self._visits))]
        number = f"{next(self._numbers):06d}"
        self._visits[number] = Visit(self._clock.seconds + VISIT_SECONDS, stops, set())
        return number

    def get(self, number):
        return self._visits.get(number)

    def __len__(self):
        return len(self._visits)
