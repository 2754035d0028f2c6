import asyncio

from pictures import picture


async def camera(number, port, pictures):
    """Sends its pictures one after another; how many came through."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    through = 0
    for count in range(pictures):
        sent = picture(number, count)
        writer.write(len(sent).to_bytes(4, "big") + sent)
        through += await reader.readline() != b"again\n"
    writer.write(bytes(4))
    writer.close()
    await writer.wait_closed()
    return through
