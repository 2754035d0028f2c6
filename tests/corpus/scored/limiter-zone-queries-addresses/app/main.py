"""Answers queries for names in the zone, and asks for them as an afternoon's clients do."""

import asyncio

from zone.clients import Clients
from zone.server import NameServer


async def afternoon(queries):
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(NameServer, local_addr=("127.0.0.1", 0))
    address = transport.get_extra_info("sockname")
    clients = Clients(queries)
    asking, _ = await loop.create_datagram_endpoint(lambda: clients, remote_addr=address)
    answered = await clients.done
    asking.close()
    transport.close()
    return answered, str(server)


if __name__ == "__main__":
    print(*asyncio.run(afternoon(24_000)))
