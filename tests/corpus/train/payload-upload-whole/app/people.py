import asyncio


async def send_video(port, number, size):
    """Sends in small pieces, so that the sender holds little."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /videos/%d HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (number, size))
    for _ in range(size // 120_000):
        writer.write(bytes(120_000))
        await writer.drain()
    await reader.readuntil(b"\r\n\r\n")
    writer.close()
