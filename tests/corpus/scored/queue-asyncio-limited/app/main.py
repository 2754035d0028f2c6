"""Counts cars on the pictures of a street's cameras."""

import asyncio

from cameras import watch
from counting import Street, count_cars


async def main():
    pictures = asyncio.Queue(maxsize=16)
    counting = asyncio.create_task(count_cars(pictures, Street(metres=3_000)))
    async with asyncio.TaskGroup() as group:
        for camera in range(3):
            group.create_task(watch(camera, pictures))
    await pictures.join()
    counting.cancel()


if __name__ == "__main__":
    asyncio.run(main())
