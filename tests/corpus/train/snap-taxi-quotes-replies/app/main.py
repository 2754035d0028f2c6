"""A taxi rank asks the cars near a rider for a quote and takes the cheapest."""

import asyncio

from rank.dispatch import Dispatch
from rank.radio import radio
from rank.riders import riders


async def evening(number):
    dispatch = Dispatch(radio)
    with radio.on_air():
        waiting = [asyncio.create_task(dispatch.serve(rider)) for rider in riders(number)]
        charges = await asyncio.gather(*waiting)
    return sum(charges) / len(charges)


if __name__ == "__main__":
    print(f"{asyncio.run(evening(400)):.2f} on average")
