import asyncio

from aiohttp import web
from school.lessons import day
from school.rooms import rooms
from school.socket import draw


async def main(lessons):
    app = web.Application()
    app.router.add_get("/rooms/{name}", draw)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    strokes = await day(runner.addresses[0][1], lessons)
    print(strokes, "strokes;", len(rooms), "rooms")
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(lessons=130))
