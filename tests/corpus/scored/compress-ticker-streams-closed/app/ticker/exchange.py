import asyncio
import mmap
import zlib
from dataclasses import dataclass, field

from ticker.prices import prices

HISTORY = 24 * 1024 * 1024
BLANK = b"\n" * 4_096


@dataclass
class Subscription:
    """A trader's stream: compressed over all of its lines, as they are much alike."""

    trader: str
    sent: int = 0
    stream: object = field(default_factory=zlib.compressobj)

    def pack(self, lines):
        self.sent += len(lines)
        return self.stream.compress(b"".join(lines)) + self.stream.flush(zlib.Z_SYNC_FLUSH)


def ring(size):
    """Memory of a fixed size, empty lines at first, shared with the process that settles."""
    memory = mmap.mmap(-1, size)
    for _ in range(size // len(BLANK)):
        memory.write(BLANK)
    return memory


class History:
    """All lines since yesterday; the newest write over the oldest."""

    def __init__(self, size):
        self._ring = ring(size)
        self._at = 0

    def add(self, lines):
        for line in lines:
            if self._at + len(line) > len(self._ring):
                self._at = 0
            self._ring[self._at : self._at + len(line)] = line
            self._at += len(line)


class Exchange:
    def __init__(self):
        self._prices = prices()
        self._history = History(HISTORY)
        #: Those who are connected, by trader.
        self._subscriptions = {}

    async def serve(self, reader, writer):
        trader = (await reader.readline()).decode().strip()
        subscription = self._subscriptions[trader] = Subscription(trader)
        try:
            while not reader.at_eof():
                lines = [next(self._prices) for _ in range(15)]
                self._history.add(lines)
                writer.write(subscription.pack(lines))
                await writer.drain()
                await asyncio.sleep(0.01)
        except ConnectionError:
            pass
        finally:
            del self._subscriptions[trader]
            writer.close()

    def __str__(self):
        return f"lines, {len(self._subscriptions)} subscriptions"
