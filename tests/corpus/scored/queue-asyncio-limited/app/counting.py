import asyncio
import zlib


class Street:
    """A plan of the street, a cell for every 10 cm by 10 cm."""

    def __init__(self, metres, width=12):
        self.cells = bytearray(metres * 10 * width * 10 * 6)
        self.cars = 0

    def mark(self, number):
        self.cells[number % len(self.cells)] += 1
        self.cars += number % 3


async def count_cars(pictures, street):
    while True:
        picture = await pictures.get()
        # The network that counts runs on another machine and answers in 5 ms.
        await asyncio.sleep(0.005)
        street.mark(zlib.crc32(picture))
        pictures.task_done()
