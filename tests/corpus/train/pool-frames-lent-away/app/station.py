import asyncio

from frames import Frames
from pictures import PIXELS, Damaged, expand


class Station:
    """Takes pictures from cameras and answers with how bright each is, or that it came damaged."""

    def __init__(self):
        self.frames = Frames(PIXELS)
        self.seen = 0

    async def serve(self, reader, writer):
        try:
            while length := int.from_bytes(await reader.readexactly(4), "big"):
                writer.write(await self.answer(await reader.readexactly(length)))
                await writer.drain()
        finally:
            writer.close()

    async def answer(self, sent):
        ticket, frame = self.frames.take()
        await asyncio.sleep(0.012)  # the exposure is looked up elsewhere
        try:
            brightness = expand(sent, frame)
        except Damaged:
            return b"again\n"
        self.seen += 1
        self.frames.give_back(ticket)
        return f"{brightness} %\n".encode()
