"""Counts cars on the pictures of a street's cameras."""

import asyncio

from cameras import watch
from counting import count_cars


async def main():
    pictures = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        for camera in range(3):
            group.create_task(watch(camera, pictures))
        await group.create_task(count_cars(pictures))


if __name__ == "__main__":
    asyncio.run(main())
