import asyncio

from .fares import FARES


class Dispatch:
    def __init__(self, radio):
        self._radio = radio
        self._lock = asyncio.Semaphore(24)

    async def serve(self, rider):
        """The charge for a rider: the cheapest of eight quotes, not above the fare of the council."""
        async with self._lock:
            question = {"from": rider.start, "metres": rider.metres}
            asked = (self._radio.ask(car, question) for car in rider.near)
            replies = await asyncio.gather(*asked)
            best = min(replies, key=lambda reply: reply["quote"])
            return min(best["quote"], FARES.limit(rider.start, rider.metres))
