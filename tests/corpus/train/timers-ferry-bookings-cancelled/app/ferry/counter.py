from functools import partial

from ferry.passes import draw_pass
from ferry.tides import tides

REMIND_AFTER_SECONDS = 45 * 60


class Counter:
    def __init__(self, loop):
        self._loop = loop
        self._open = {}
        self._reminded = []

    async def book(self, traveller):
        ticket = draw_pass(traveller)
        low = min(tides(traveller.island, traveller.number % 60))
        timer = self._loop.call_later(REMIND_AFTER_SECONDS, partial(self._remind, traveller, ticket))
        self._open[traveller.number] = (traveller, low, timer)

    async def board(self, number):
        if number not in self._open:
            return False
        _, _, timer = self._open.pop(number)
        timer.cancel()
        return True

    def waiting(self):
        return len(self._open)

    def _remind(self, traveller, ticket):
        if traveller.number in self._open:
            self._reminded.append((traveller.number, len(ticket)))
