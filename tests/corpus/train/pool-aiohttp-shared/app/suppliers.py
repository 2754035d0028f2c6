from contextlib import asynccontextmanager

from aiohttp import web

TERMS = b"terms and conditions. " * 7_000


async def take(request):
    await request.read()
    return web.Response(body=TERMS)


@asynccontextmanager
async def running():
    app = web.Application()
    app.router.add_post("/orders", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
