import asyncio
from collections import Counter

from darts.inbox import Inbox


class League(asyncio.Protocol):
    """One connection with a board."""

    totals = Counter()
    connected = set()

    def connection_made(self, transport):
        self.inbox = Inbox()
        self.pub = transport.get_extra_info("peername")
        self.connected.add(self)

    def data_received(self, data):
        self.inbox.feed(data)
        for message in self.inbox.messages():
            self.totals[self.pub] += message[0]

    def connection_lost(self, reason):
        self.connected.discard(self)
