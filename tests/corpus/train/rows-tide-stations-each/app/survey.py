import asyncio
import zlib
from contextlib import asynccontextmanager


@asynccontextmanager
async def survey(points):
    """Answers with one depth a line, for as many points as a profile has."""

    async def answer(reader, writer):
        asked = await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.4)
        first = zlib.crc32(asked.split(b" ", 2)[1]) % 700
        body = b"".join(b"%6.1f\n" % (first + point * 0.3) for point in range(points))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body))
        writer.write(body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=200)
    async with server:
        yield "http://127.0.0.1:%d" % server.sockets[0].getsockname()[1]
