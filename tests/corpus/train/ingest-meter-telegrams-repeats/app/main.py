"""Takes the telegrams of electricity meters off the line and writes them to the store."""

import asyncio

from line import telegrams
from store import Store
from writer import Writer


async def receive(queue):
    async for telegram in telegrams():
        await queue.put(telegram)


async def write(queue, writer):
    while True:
        await writer.take(await queue.get())


async def main():
    queue = asyncio.Queue(maxsize=200)
    with Store("meters.db") as store:
        await asyncio.gather(receive(queue), write(queue, Writer(store)))


if __name__ == "__main__":
    asyncio.run(main())
