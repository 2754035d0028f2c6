"""An auction of paintings: bidders come into the room over TCP, look, bid and go."""

import asyncio
import sys

from auction.bidders import crowd
from auction.house import House


async def sale(bidders):
    house = House()
    async with await asyncio.start_server(house.attend, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        seen = await crowd(port, bidders)
    return seen, house.highest()


if __name__ == "__main__":
    print(*asyncio.run(sale(int(sys.argv[1]) if sys.argv[1:] else 420)))
