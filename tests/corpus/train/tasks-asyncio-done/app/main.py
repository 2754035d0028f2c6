"""Watches parcels: a watcher for each until it is delivered, and a proof of each delivery."""

import asyncio

from parcels import parcels
from proofs import store
from watch import watch, watchers


async def serve():
    async for parcel in parcels(1_600):
        task = asyncio.create_task(watch(parcel))
        watchers.add(task)
        task.add_done_callback(watchers.discard)
        parcel["delivered"].set()
    await asyncio.gather(*watchers)
    return store


if __name__ == "__main__":
    loop = asyncio.new_event_loop()
    print(len(loop.run_until_complete(serve())))
