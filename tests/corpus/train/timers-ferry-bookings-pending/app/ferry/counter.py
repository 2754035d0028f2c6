from functools import partial

from ferry.passes import draw_pass

REMIND_AFTER_SECONDS = 45 * 60


class Counter:
    def __init__(self, loop):
        self._loop = loop
        self._open = {}
        self._reminded = []

    async def book(self, traveller):
        ticket = draw_pass(traveller)
        self._open[traveller.number] = traveller
        self._loop.call_later(REMIND_AFTER_SECONDS, partial(self._remind, traveller, ticket))

    async def board(self, number):
        return self._open.pop(number, None) is not None

    def waiting(self):
        return len(self._open)

    def _remind(self, traveller, ticket):
        if traveller.number in self._open:
            self._reminded.append((traveller.number, len(ticket)))
