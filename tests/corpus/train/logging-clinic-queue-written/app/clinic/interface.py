import logging
from collections import Counter

log = logging.getLogger(__name__)


class Interface:
    """Takes messages from devices, counts what was measured, and acknowledges them."""

    def __init__(self):
        self.counts = Counter()

    async def serve(self, reader, writer):
        while line := await reader.readline():
            text = line.strip(b"\x0b\x1c\n").decode()
            self.take(text)
            writer.write(b"ACK\n")
            await writer.drain()
        writer.close()

    def take(self, text):
        segments = text.split("\r")
        log.debug("message from %s: %s", segments[0].split("|")[2], text)
        self.counts.update(segment.split("|", 5)[3] for segment in segments[1:])
