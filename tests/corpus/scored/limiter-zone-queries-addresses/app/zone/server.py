import asyncio

from zone.limiter import Limiter
from zone.records import lookup


class NameServer(asyncio.DatagramProtocol):
    def __init__(self):
        self._limiter = Limiter(queries=20, seconds=0.1)

    def connection_made(self, transport):
        self._transport = transport

    def datagram_received(self, data, address):
        number, subnet, name = data[:2], data[2:10], data[10:]
        if self._limiter.allows(subnet):
            self._transport.sendto(b"\0" + number + lookup(name.decode()), address)
        else:
            self._transport.sendto(b"\5" + number, address)

    def __str__(self):
        return f"answers, {len(self._limiter)} subnets known to the limiter"
