import asyncio
import json

from hall.views import view


class Office:
    def __init__(self, seats):
        self._seats = seats
        self._sold = set()
        self._looked = 0

    @property
    def price(self):
        """Rises with what is sold and with how many look."""
        return round(40 + 60 * len(self._sold) / self._seats + self._looked / 250, 2)

    async def serve(self, reader, writer):
        while line := await reader.readline():
            asked = json.loads(line)
            self._looked += 1
            picture = view(asked["row"], asked["seat"], self.price)
            if asked["buy"]:
                self._sold.add((asked["row"], asked["seat"]))
            head = {"picture": len(picture), "price": self.price, "sold": asked["buy"]}
            writer.write(json.dumps(head).encode() + b"\n" + picture)
            await writer.drain()
            await asyncio.sleep(0.002)
        writer.close()
