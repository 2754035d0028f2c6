from collections import deque
from dataclasses import dataclass, field
from itertools import count
from threading import Lock, Timer

from trams.plan import plan

HOLD_SECONDS = 15 * 60
SEATS = 44
SHOWN = 150


@dataclass
class Hold:
    number: int
    tram: int
    seats: list
    shown: bytes = field(repr=False)
    later: Timer = field(repr=False, default=None)


class Holds:
    def __init__(self):
        self._lock = Lock()
        self._numbers = count(1)
        self._open = {}
        self._lately = deque(maxlen=SHOWN)  # on the board behind the counter
        self._free = {tram: list(range(SEATS)) for tram in range(11)}

    def hold(self, tram, seats):
        with self._lock:
            free = self._free[tram]
            taken, self._free[tram] = free[:seats], free[seats:]
            hold = Hold(next(self._numbers), tram, taken, plan(tram, taken))
            self._open[hold.number] = hold
        hold.later = Timer(HOLD_SECONDS, self.release, (hold,))
        hold.later.daemon = True
        hold.later.start()
        return hold

    def release(self, hold):
        """Nobody paid in time."""
        with self._lock:
            if self._open.pop(hold.number, None):
                self._free[hold.tram] += hold.seats

    def pay(self, number):
        with self._lock:
            hold = self._open.pop(number)
            self._free[hold.tram] += hold.seats  # the next ride
        self._end(hold)
        return hold

    def drop(self, number):
        hold = self._open[number]
        self.release(hold)
        self._end(hold)

    def _end(self, hold):
        hold.later.cancel()
        self._lately.append(hold.shown)
