"""People who look at the board for a while and close the page."""

import asyncio


async def look(port, language, events):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /events?lang={language} HTTP/1.1\r\nHost: board\r\n\r\n".encode())
    seen = 0
    while seen < events:
        seen += (await reader.readline()).startswith(b"id: ")
    writer.close()
    await writer.wait_closed()
    return seen


async def afternoon(port, viewers):
    looking = []
    for viewer in range(viewers):
        looking.append(asyncio.create_task(look(port, ("en", "de", "nl")[viewer % 3], 20 + viewer % 7)))
        await asyncio.sleep(0.02)
    return sum(await asyncio.gather(*looking))
