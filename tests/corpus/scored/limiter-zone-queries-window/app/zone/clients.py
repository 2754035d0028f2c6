import asyncio
import random
import struct


class Clients(asyncio.DatagramProtocol):
    """Asks one query after another, each for a subnet that the resolver of the town passes on."""

    def __init__(self, queries, seed=77):
        self._left = queries
        self._dice = random.Random(seed)
        self._answered = 0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self._transport = transport
        self._ask()

    def datagram_received(self, data, address):
        self._answered += data[0] == 0
        self._left -= 1
        if self._left:
            self._ask()
        else:
            self.done.set_result(self._answered)

    def _ask(self):
        subnet = self._dice.getrandbits(56).to_bytes(8, "big")
        name = f"dome{self._dice.randrange(9_000)}.example"
        self._transport.sendto(struct.pack("!H", self._left & 0xFFFF) + subnet + name.encode())
