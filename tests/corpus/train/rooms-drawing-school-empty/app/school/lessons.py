import asyncio
import random

import aiohttp


async def pupil(session, url, number, strokes):
    dice = random.Random(f"{url}{number}")
    seen = 0
    async with session.ws_connect(url) as socket:
        for _ in range(strokes):
            x, y = dice.randrange(480), dice.randrange(320)
            await socket.send_json(
                {"x": x, "y": y, "length": dice.randrange(1, 60), "grey": dice.randrange(256)}
            )
            seen += (await socket.receive_json())["drawn"]
    return seen


async def day(port, lessons):
    """One lesson after another, each in a room of its own, with four pupils."""
    strokes = 0
    async with aiohttp.ClientSession() as session:
        for lesson in range(lessons):
            url = f"http://127.0.0.1:{port}/rooms/lesson-{lesson}"
            strokes += sum(await asyncio.gather(*(pupil(session, url, number, 6) for number in range(4))))
    return strokes
