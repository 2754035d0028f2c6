import asyncio

from aiohttp import web
from harbour.app import create_app
from harbour.audience import afternoon


async def main():
    app = create_app(movements=1_200)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    seen = await afternoon(port, viewers=40)
    await app["over"].wait()
    print(seen, "events seen;", app["state"])
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
