"""Passes the orders of a shop on to its suppliers and keeps a copy of each answer."""

import asyncio

import aiohttp
from orders import pass_on
from suppliers import running


async def serve():
    async with running() as url, aiohttp.ClientSession() as session:
        return [await pass_on(session, url, number) for number in range(160)]


if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    answers = loop.run_until_complete(serve())
    print(len(answers))
