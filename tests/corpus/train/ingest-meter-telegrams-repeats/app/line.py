import asyncio
import random
import struct
from dataclasses import dataclass


@dataclass(slots=True)
class Telegram:
    meter: int
    hour: int
    load: bytes


async def telegrams(meters=4_000):
    """A telegram of a quarter of an hour: a value for each second, two bytes."""
    chance = random.Random(8)
    pattern = [struct.pack("<900H", *(chance.randrange(4_000) for _ in range(900))) for _ in range(16)]
    number = 0
    while True:
        meter, quarter = number % meters, number // meters
        yield Telegram(meter, quarter // 4, frame(meter, quarter, pattern[number % 16]))
        number += 1
        if number % 40 == 0:
            await asyncio.sleep(0.004)


def frame(meter, quarter, values):
    return struct.pack("<QI", meter, quarter) + values
