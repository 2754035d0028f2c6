import asyncio
import zlib
from dataclasses import dataclass, field

from ticker.prices import prices


@dataclass
class Subscription:
    """A trader's stream: compressed over all of its lines, as they are much alike."""

    trader: str
    sent: int = 0
    stream: object = field(default_factory=zlib.compressobj)

    def pack(self, lines):
        self.sent += len(lines)
        return self.stream.compress(b"".join(lines)) + self.stream.flush(zlib.Z_SYNC_FLUSH)


class Exchange:
    def __init__(self):
        self._prices = prices()
        #: By trader, so that one who comes back goes on where he was.
        self._subscriptions = {}

    async def serve(self, reader, writer):
        trader = (await reader.readline()).decode().strip()
        subscription = self._subscriptions.get(trader)
        if subscription is None:
            subscription = self._subscriptions[trader] = Subscription(trader)
        try:
            while not reader.at_eof():
                writer.write(subscription.pack([next(self._prices) for _ in range(15)]))
                await writer.drain()
                await asyncio.sleep(0.01)
        except ConnectionError:
            pass
        finally:
            writer.close()

    def __str__(self):
        return f"lines, {len(self._subscriptions)} subscriptions"
