import asyncio

from ticker.exchange import Exchange
from ticker.traders import trader


async def session(traders):
    exchange = Exchange()
    server = await asyncio.start_server(exchange.serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        seen = 0
        for first in range(0, traders, 10):
            batch = range(first, min(first + 10, traders))
            seen += sum(await asyncio.gather(*(trader(number, port) for number in batch)))
    return seen, str(exchange)


if __name__ == "__main__":
    print(*asyncio.run(session(160)))
