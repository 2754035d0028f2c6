"""The bookings of a ferry line: whoever does not board in time is reminded of the boat."""

import asyncio

from ferry.counter import Counter
from ferry.travellers import travellers


async def day(number):
    counter = Counter(asyncio.get_running_loop())
    boarded = 0
    for traveller in travellers(number):
        await counter.book(traveller)
        if traveller.punctual:
            boarded += await counter.board(traveller.number)
    return boarded, counter.waiting()


if __name__ == "__main__":
    print(asyncio.run(day(1_700)))
