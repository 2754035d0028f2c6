import json

from auction.paintings import catalogue
from auction.room import bid_made
from auction.seat import Seat


class House:
    def __init__(self):
        self._paintings = catalogue(900)
        self._bids = {}

    async def attend(self, reader, writer):
        seat = None
        async for line in reader:
            asked = json.loads(line)
            if seat is None:
                seat = Seat(asked["name"], asked["budget"], self._paintings)
                answer = {"lots": len(seat.worth_a_look)}
            else:
                answer = {"leads": self._bid(seat, asked["lot"], asked["amount"])}
            writer.write(json.dumps(answer).encode() + b"\n")
        writer.close()

    def _bid(self, seat, lot, amount):
        leads = amount > self._bids.get(lot, (0, ""))[0]
        if leads:
            self._bids[lot] = amount, seat.name
            bid_made.send(self, lot=lot, amount=amount)
        return leads

    def highest(self):
        return max(self._bids.values())
