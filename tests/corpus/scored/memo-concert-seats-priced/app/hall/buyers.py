import asyncio
import json
import random


async def buyer(number, port, looks):
    """Looks at the view from one seat after another and takes every fiftieth."""
    dice = random.Random(number)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sold = 0
    for look in range(looks):
        asked = {"row": dice.randrange(25), "seat": dice.randrange(32), "buy": look % 50 == 49}
        writer.write(json.dumps(asked).encode() + b"\n")
        answer = json.loads(await reader.readline())
        await reader.readexactly(answer["picture"])
        sold += answer["sold"]
    writer.close()
    await writer.wait_closed()
    return sold
