import asyncio
import itertools


async def watch(camera, pictures):
    """A picture about every 4 ms, for as long as there is light."""
    for number in itertools.count():
        await asyncio.sleep(0.004)
        await pictures.put(take_picture(camera, number))


def take_picture(camera, number):
    picture = bytearray(48_000)
    picture[camera] = number % 255
    return picture
