"""Takes videos that people send in, writes them to disk and draws a preview."""

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
        await send_video(port, number, 6_000_000)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(run())
