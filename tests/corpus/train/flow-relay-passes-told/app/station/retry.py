import functools
import time
from dataclasses import dataclass


@dataclass
class Mishap:
    what: str
    arguments: tuple
    attempt: int
    error: str

    def __str__(self):
        return f"{self.what}{self.arguments}, attempt {self.attempt}: {self.error}"


class Retry:
    """Tries again after an error of one of these types; what went wrong is for the report."""

    def __init__(self, *types, attempts, pause):
        self._types = types
        self._attempts = attempts
        self._pause = pause
        self.mishaps = []

    def __call__(self, function):
        @functools.wraps(function)
        def tried(*arguments):
            for attempt in range(1, self._attempts + 1):
                try:
                    return function(*arguments)
                except self._types as error:
                    self.mishaps.append(Mishap(function.__name__, arguments[1:], attempt, repr(error)))
                    time.sleep(self._pause)
            return None

        return tried


line_lost = Retry(ConnectionError, EOFError, attempts=4, pause=0.001)
