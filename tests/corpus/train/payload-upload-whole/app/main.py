"""Takes videos that people send in and writes them to disk."""

import asyncio

from aiohttp import web
from people import send_video
from receive import application


async def run():
    runner = web.AppRunner(application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    for number in range(3):
        await send_video(port, number, 12_000_000)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(run())
