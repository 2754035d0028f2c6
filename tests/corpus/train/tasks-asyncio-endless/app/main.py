"""Watches parcels: a watcher for each until it is delivered."""

import asyncio

from parcels import parcels
from watch import watch, watchers


async def serve():
    async for parcel in parcels(1_600):
        watchers.add(asyncio.create_task(watch(parcel)))
    return len(watchers)


if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    print(loop.run_until_complete(serve()))
