"""Passes the orders of a shop on to its suppliers."""

import asyncio

from orders import pass_on
from suppliers import running


async def serve():
    async with running() as url:
        return [await pass_on(url, number) for number in range(160)]


if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    statuses = loop.run_until_complete(serve())
    print(len(statuses))
