import asyncio
import json
import random

AT_ONCE = 12


async def crowd(port, bidders):
    """All who come in the course of the sale, a dozen of them at a time."""
    coming = iter(range(bidders))
    return sum(await asyncio.gather(*(_door(port, coming) for _ in range(AT_ONCE))))


async def _door(port, coming):
    return sum([await _bidder(port, number) for number in coming])


async def _bidder(port, number):
    dice = random.Random(number)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await _ask(reader, writer, name=f"paddle {number}", budget=dice.randrange(800, 3_200))
    leads = 0
    for _ in range(2):
        answer = await _ask(reader, writer, lot=dice.randrange(900), amount=dice.randrange(100, 3_000))
        leads += answer["leads"]
    writer.close()
    await writer.wait_closed()
    return leads


async def _ask(reader, writer, **asked):
    writer.write(json.dumps(asked).encode() + b"\n")
    return json.loads(await reader.readline())
